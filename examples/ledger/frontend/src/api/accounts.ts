import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/vue-query';
import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { request } from './http';
import type { Account, NewAccount, NewTransaction, Transaction } from './types';

const accountsKey = ['accounts'] as const;

export const useAccounts = () =>
  useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => request<Account[]>('/api/accounts', { signal }),
  });

/** How many transactions are asked for at once: years of them would make a page slow. */
const PAGE = 100;

/** Those of an account, newest first; `fetchNextPage` brings older ones. */
export const useTransactions = (accountId: MaybeRefOrGetter<number>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['transactions', toValue(accountId)] as const),
    queryFn: ({ pageParam, signal }) =>
      request<Transaction[]>(
        `/api/accounts/${toValue(
          accountId,
        )}/transactions?limit=${PAGE}&offset=${pageParam}`,
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.length < PAGE ? undefined : pages.length * PAGE,
    select: ({ pages }) => pages.flat(),
  });

export const useAddAccount = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAccount) =>
      request<Account>('/api/accounts', { method: 'POST', body }),
    // A card brings a category of its own, to pay it.
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: accountsKey }),
        client.invalidateQueries({ queryKey: ['budget'] }),
      ]),
  });
};

export const useAddTransaction = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTransaction) =>
      request<Transaction>('/api/transactions', { method: 'POST', body }),
    onSuccess: (_added, { accountId }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: accountsKey }),
        client.invalidateQueries({ queryKey: ['transactions', accountId] }),
        client.invalidateQueries({ queryKey: ['budget'] }),
      ]),
  });
};
