import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  DojoClient,
  isDojoError,
  type ReleasePlanBody,
  type ReleaseResult,
} from 'backstage-plugin-dojo-common';
import { useCallback, useEffect, useMemo, useState } from 'react';

/** Why there is no plan, as a person reads it. */
export interface PlanFailure {
  readonly message: string;
  readonly hint: string | undefined;
  readonly denied: boolean;
}

/** How far the plan is. */
export type PlanState =
  | { readonly kind: 'no-component' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly result: ReleaseResult }
  | { readonly kind: 'failed'; readonly failure: PlanFailure };

function toFailure(error: unknown): PlanFailure {
  const message = error instanceof Error ? error.message : String(error);
  return isDojoError(error)
    ? { message, hint: error.hint, denied: error.kind === 'denied' }
    : { message, hint: undefined, denied: false };
}

/**
 * The plan for `body`, asked for anew whenever the body changes: a plan of an older body is never returned, and its
 * request is ended.
 */
export function useReleasePlan(body: ReleasePlanBody | undefined): {
  state: PlanState;
  retry: () => void;
} {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<{ question: string; as: PlanState }>();
  const text = body && JSON.stringify(body);
  const question = `${attempt} ${text}`;

  useEffect(() => {
    if (!text) return undefined;
    const controller = new AbortController();
    new DojoClient({ discoveryApi, fetchApi })
      .planRelease(JSON.parse(text), { signal: controller.signal })
      .then(
        (result): PlanState => ({ kind: 'loaded', result }),
        (error): PlanState => ({ kind: 'failed', failure: toFailure(error) }),
      )
      .then(as => {
        if (!controller.signal.aborted) setSettled({ question, as });
      });
    return () => controller.abort();
  }, [discoveryApi, fetchApi, text, question]);

  const retry = useCallback(() => setAttempt(number => number + 1), []);
  return useMemo(() => {
    if (!text) return { state: { kind: 'no-component' }, retry };
    return {
      state: settled?.question === question ? settled.as : { kind: 'loading' },
      retry,
    };
  }, [text, question, settled, retry]);
}
