import type {
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type DojoFailure, toDojoFailure } from './dojoFailure';
import { useDojoClient } from './useDojoClient';

/** How far an answer of the backend is. `incomplete`: there is nothing to ask for yet. */
export type AnswerState<TAnswer> =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly result: TAnswer }
  | { readonly kind: 'failed'; readonly failure: DojoFailure };

/**
 * The backend's answer to `body`, asked for anew whenever the body changes: an answer to an older body is never
 * returned, and its request is ended. `ask` is called again with the body alone, so it must not change between renders.
 */
export function useAnswer<TBody, TAnswer>(
  body: TBody | undefined,
  ask: (
    client: DojoClient,
    body: TBody,
    options: DojoRequestOptions,
  ) => Promise<TAnswer>,
): { state: AnswerState<TAnswer>; retry: () => void } {
  const client = useDojoClient();
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<{
    question: string;
    as: AnswerState<TAnswer>;
  }>();
  const text = body && JSON.stringify(body);
  const question = `${attempt} ${text}`;

  useEffect(() => {
    if (!text) return undefined;
    const controller = new AbortController();
    ask(client, JSON.parse(text), { signal: controller.signal })
      .then(
        (result): AnswerState<TAnswer> => ({ kind: 'loaded', result }),
        (error): AnswerState<TAnswer> => ({
          kind: 'failed',
          failure: toDojoFailure(error),
        }),
      )
      .then(as => {
        if (!controller.signal.aborted) setSettled({ question, as });
      });
    return () => controller.abort();
  }, [client, ask, text, question]);

  const retry = useCallback(() => setAttempt(number => number + 1), []);
  return useMemo(() => {
    if (!text) return { state: { kind: 'incomplete' }, retry };
    return {
      state: settled?.question === question ? settled.as : { kind: 'loading' },
      retry,
    };
  }, [text, question, settled, retry]);
}
