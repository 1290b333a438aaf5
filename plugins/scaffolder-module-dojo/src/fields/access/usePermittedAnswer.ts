import type {
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { type AnswerState, useAnswer } from 'backstage-plugin-dojo-react';
import { useMemo } from 'react';
import { useDenial } from './useDenial';
import { useMay } from './useMay';
import type { Verb, VerbPlace } from './verbs';

const loading = { kind: 'loading' } as const;

/**
 * `useAnswer` for who may carry out what is planned: nothing is asked of the engines before the permission is known, and
 * nothing at all where it is denied.
 */
export function usePermittedAnswer<TBody extends VerbPlace, TAnswer>(
  verb: Verb,
  body: TBody | undefined,
  ask: (
    client: DojoClient,
    body: TBody,
    options: DojoRequestOptions,
  ) => Promise<TAnswer>,
): { state: AnswerState<TAnswer>; retry: () => void } {
  const place = body ?? {};
  const may = useMay(verb, place);
  const { code, message, hint } = useDenial(verb, place);
  const { state, retry } = useAnswer(may === 'yes' ? body : undefined, ask);
  const isKnown = body === undefined || may === 'yes';
  const denied = useMemo<AnswerState<TAnswer>>(
    () => ({
      kind: 'failed',
      failure: { code, message, hint, denied: true, mayPass: false },
    }),
    [code, message, hint],
  );
  if (isKnown) return { state, retry };
  return { state: may === 'no' ? denied : loading, retry };
}
