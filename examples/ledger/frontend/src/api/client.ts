import { QueryClient } from '@tanstack/vue-query';
import { ApiError } from './http';

/** How often an answer that never came is asked for again; an answer that said no is not. */
const RETRIES = 2;
/** For how long an answer counts as new: moving between pages asks nothing again, coming back to the tab does. */
const FRESH_MS = 5_000;

export const createClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // The service may run on this machine: whether the browser is online says nothing about it.
        networkMode: 'always',
        staleTime: FRESH_MS,
        retry: (failures, error) =>
          failures < RETRIES && error instanceof ApiError && error.status === 0,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
