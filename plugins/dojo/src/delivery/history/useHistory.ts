import type {
  DeliveryHistory,
  DeliveryHistoryQuery,
} from 'backstage-plugin-dojo-common';
import {
  type DojoFailure,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useCallback, useEffect, useRef, useState } from 'react';

export type HistoryFilter = Pick<DeliveryHistoryQuery, 'kind' | 'environment'>;

const pageSize = 20;
/** The most that the backend gives at once. */
const mostAtOnce = 100;

interface HistoryState {
  /** The filter that it answers. */
  readonly question: string;
  readonly history?: DeliveryHistory;
  readonly failure?: DojoFailure;
}

/**
 * What happened to a component, twenty entries at a time. A new `generation` has the entries that are shown read again;
 * another filter begins anew.
 */
export function useHistory(
  component: string,
  filter: HistoryFilter,
  generation: string,
) {
  const client = useDojoClient();
  const question = JSON.stringify([component, filter]);
  const [state, setState] = useState<HistoryState>({ question });
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const shown = useRef<HistoryState>(state);
  shown.current = state;

  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const [asked, query] = JSON.parse(question) as [string, HistoryFilter];
    const before = shown.current;
    const known =
      before.question === question ? before.history?.entries.length ?? 0 : 0;
    const limit = Math.min(Math.max(known, pageSize), mostAtOnce);
    client
      .listHistory(asked, { ...query, limit }, { signal: controller.signal })
      .then(
        history => setState({ question, history }),
        error => {
          if (!controller.signal.aborted)
            setState(({ history, question: of }) => ({
              question,
              failure: toDojoFailure(error),
              ...(of === question && history && { history }),
            }));
        },
      );
    return () => controller.abort();
  }, [client, question, generation, attempt]);

  const showMore = useCallback(async () => {
    const { history, question: of } = shown.current;
    if (!history?.next) return;
    setIsLoadingMore(true);
    const [asked, query] = JSON.parse(of) as [string, HistoryFilter];
    try {
      const more = await client.listHistory(asked, {
        ...query,
        limit: pageSize,
        cursor: history.next,
      });
      setState(before =>
        before.question === of
          ? { question: of, history: joined(history, more) }
          : before,
      );
    } catch (error) {
      setState(before => ({ ...before, failure: toDojoFailure(error) }));
    }
    setIsLoadingMore(false);
  }, [client]);

  const current = state.question === question ? state : undefined;
  return {
    history: current?.history,
    failure: current?.failure,
    isLoadingMore,
    showMore,
    retry: useCallback(() => setAttempt(number => number + 1), []),
  };
}

/** An entry that both have is one. */
function joined(
  before: DeliveryHistory,
  more: DeliveryHistory,
): DeliveryHistory {
  const known = new Set(before.entries.map(({ id }) => id));
  return {
    ...more,
    entries: [
      ...before.entries,
      ...more.entries.filter(({ id }) => !known.has(id)),
    ],
  };
}
