import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { findCategory } from '../budget/assign';
import { useAssign, useBudget } from './budget';
import type { Budget } from './types';

const month = '2026-03';
const category = (id: number, budgetedMinor: number) => ({
  id,
  name: `Category ${id}`,
  budgetedMinor,
  activityMinor: -300,
  availableMinor: budgetedMinor - 300,
});
const budget: Budget = {
  month,
  currency: 'EUR',
  readyToAssignMinor: 10_000,
  groups: [
    { name: 'Home', categories: [category(2, 1_000)] },
    { name: 'Fun', categories: [category(3, 0)] },
  ],
};

/** A service that answers when the test says so. */
function fakeService() {
  const waiting: { method: string; answer: (response: Response) => void }[] =
    [];
  vi.stubGlobal(
    'fetch',
    (_path: string, { method }: { method: string }) =>
      new Promise<Response>(answer => waiting.push({ method, answer })),
  );
  return {
    waiting,
    async answer(body: unknown, status = 200) {
      waiting.shift()?.answer(new Response(JSON.stringify(body), { status }));
      await flushPromises();
    },
  };
}

async function start() {
  const service = fakeService();
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false } },
  });
  const assigning: { current?: ReturnType<typeof useAssign> } = {};
  const wrapper = mount(
    defineComponent({
      setup() {
        useBudget(month);
        assigning.current = useAssign();
        return () => null;
      },
    }),
    { global: { plugins: [[VueQueryPlugin, { queryClient: client }]] } },
  );
  await service.answer(budget);
  const give = async (categoryId: number, budgetedMinor: number) => {
    assigning.current?.mutate({ month, categoryId, budgetedMinor });
    await flushPromises();
  };
  const shown = () => {
    const data = client.getQueryData<Budget>(['budget', month]) as Budget;
    return {
      ready: data.readyToAssignMinor,
      budgeted: [2, 3].map(id => findCategory(data, id)?.budgetedMinor),
      available: [2, 3].map(id => findCategory(data, id)?.availableMinor),
    };
  };
  return { service, give, shown, wrapper };
}

afterEach(() => vi.unstubAllGlobals());

describe('useAssign', () => {
  it('shows what follows before the service has answered', async () => {
    const { give, shown, wrapper } = await start();
    await give(3, 2_500);
    expect(shown()).toEqual({
      ready: 7_500,
      budgeted: [1_000, 2_500],
      available: [700, 2_200],
    });
    wrapper.unmount();
  });

  it('takes back what the service refuses, and nothing else', async () => {
    const { service, give, shown, wrapper } = await start();
    await give(2, 4_000);
    await give(3, 2_500);
    // The second waits for the first.
    expect(service.waiting.map(one => one.method)).toEqual(['PUT']);

    await service.answer({ detail: 'no' }, 409);
    expect(shown()).toEqual({
      ready: 7_500,
      budgeted: [1_000, 2_500],
      available: [700, 2_200],
    });
    wrapper.unmount();
  });

  it('asks for the month again once the last one is answered', async () => {
    const { service, give, shown, wrapper } = await start();
    await give(2, 4_000);
    await give(3, 2_500);
    await service.answer(budget);
    expect(service.waiting.map(one => one.method)).toEqual(['PUT']);
    await service.answer(budget);
    expect(service.waiting.map(one => one.method)).toEqual(['GET']);

    await service.answer({ ...budget, readyToAssignMinor: 1 });
    expect(shown().ready).toBe(1);
    wrapper.unmount();
  });
});
