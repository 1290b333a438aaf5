import type {
  MigrationPlanBody,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import {
  type DojoFailure,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  rehearse,
  type RehearsalEnd,
  type RehearsalProgress,
} from './rehearse';

/** How far a rehearsal is. `lines` are the last of its log. */
export type RehearsalState =
  | { readonly kind: 'idle' | 'cancelled' | 'overdue' }
  | ({ readonly kind: 'running' | 'cancelling' } & RehearsalProgress)
  | { readonly kind: 'done'; readonly result: MigrationResult }
  | {
      readonly kind: 'failed';
      readonly failure: DojoFailure;
      readonly lines: readonly string[];
    };

/**
 * A rehearsal that a person starts and may cancel. It lives as long as the component: leaving the page cancels it, and
 * so does closing or reloading it, since nobody could find it again and it keeps writers out of the database.
 */
export function useRehearsal(body: MigrationPlanBody): {
  state: RehearsalState;
  start: () => void;
  cancel: () => void;
} {
  const client = useDojoClient();
  const [state, setState] = useState<RehearsalState>({ kind: 'idle' });
  const running = useRef<AbortController>();
  useEffect(() => {
    const leave = () => running.current?.abort();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const start = useCallback(() => {
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'running', lines: [], elapsed: 0 });
    rehearse(client, body, {
      signal: controller.signal,
      onProgress: progress => setState({ kind: 'running', ...progress }),
    })
      .then(toState, error => failed(toDojoFailure(error), []))
      .then(setState);
  }, [client, body]);

  const cancel = useCallback(() => {
    running.current?.abort();
    setState(now =>
      now.kind === 'running' ? { ...now, kind: 'cancelling' } : now,
    );
  }, []);

  return { state, start, cancel };
}

function toState(end: RehearsalEnd): RehearsalState {
  if (end.kind !== 'ended') return { kind: end.kind };
  const { state, result, error, lines } = end.operation;
  return state === 'done' && result
    ? { kind: 'done', result }
    : failed(
        {
          ...(error && { code: error.code }),
          message: error?.message ?? '',
          hint: error?.hint,
          denied: error?.kind === 'denied',
          mayPass: true,
        },
        lines,
      );
}

function failed(
  failure: DojoFailure,
  lines: readonly string[],
): RehearsalState {
  return { kind: 'failed', failure, lines };
}
