import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/vue-query';
import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { assign, findCategory } from '../budget/assign';
import { request } from './http';
import type { Budget, Category, NewCategory } from './types';

const budgetKey = (month: string) => ['budget', month] as const;
const assignKey = ['assign'] as const;

export interface Assignment {
  readonly month: string;
  readonly categoryId: number;
  readonly budgetedMinor: number;
}

export const useBudget = (month: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: computed(() => budgetKey(toValue(month))),
    queryFn: ({ signal }) =>
      request<Budget>(`/api/budget/${toValue(month)}`, { signal }),
    placeholderData: keepPreviousData,
  });

/**
 * Gives money to a category. The page shows the result at once; where the service says no, that one category goes back
 * to what it had, and what was given to others meanwhile stays. Assignments are sent one after another, in their order.
 */
export const useAssign = () => {
  const client = useQueryClient();
  return useMutation({
    mutationKey: assignKey,
    scope: { id: 'assign' },
    mutationFn: ({ month, categoryId, budgetedMinor }: Assignment) =>
      request<unknown>(`/api/budget/${month}/${categoryId}`, {
        method: 'PUT',
        body: { budgetedMinor },
      }),
    onMutate: async ({ month, categoryId, budgetedMinor }) => {
      // An answer on its way was made before this and would undo it.
      await client.cancelQueries({ queryKey: ['budget'] });
      const shown = client.getQueryData<Budget>(budgetKey(month));
      const before = shown && findCategory(shown, categoryId)?.budgetedMinor;
      client.setQueryData<Budget>(
        budgetKey(month),
        budget => budget && assign(budget, categoryId, budgetedMinor),
      );
      return { before };
    },
    onError: (_error, { month, categoryId }, context) => {
      const before = context?.before;
      if (before === undefined) return;
      client.setQueryData<Budget>(
        budgetKey(month),
        budget => budget && assign(budget, categoryId, before),
      );
    },
    // The last of several asks for what the service made of them; the months after this one changed as well.
    onSettled: () =>
      client.isMutating({ mutationKey: assignKey }) === 1
        ? client.invalidateQueries({ queryKey: ['budget'] })
        : undefined,
  });
};

export const useAddCategory = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCategory) =>
      request<Category>('/api/categories', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['budget'] }),
  });
};
