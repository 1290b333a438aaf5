import {
  type Deliveries,
  type DeliveriesQuery,
  type DojoClient,
} from 'backstage-plugin-dojo-common';
import {
  type DojoFailure,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type DeliveriesView,
  isOwnedView,
  toDeliveriesQuery,
} from './deliveriesView';

/** How often the list is asked for again while somebody looks at it; milliseconds. */
export const deliveriesRefreshMs = 30_000;

/** The rows of a view, as far as they are known. */
export interface DeliveriesState {
  /** Of this view, else of the one before it, while this one is on its way. */
  readonly answer?: Deliveries;
  /** The view that `answer` is of, without its columns. */
  readonly answered?: DeliveriesView;
  /** Whether all is shown to somebody who owns nothing and asked for what is owned. */
  readonly ownsNothing: boolean;
  /** Why the newest question has no answer. */
  readonly failure?: DojoFailure;
  /** Whether `answer` is of an older view, or absent and on its way. */
  readonly isPending: boolean;
  readonly retry: () => void;
}

interface Settled {
  readonly question: string;
  readonly answer?: Deliveries;
  readonly answered?: DeliveriesView;
  readonly ownsNothing?: boolean;
  readonly failure?: DojoFailure;
}

/**
 * Asks for the rows of a view whenever it changes, every 30 seconds while the page is seen, and when it is looked at
 * again. One request for all rows; a request that is overtaken is ended.
 */
export function useDeliveries(
  view: DeliveriesView,
  limit: number,
): DeliveriesState {
  const client = useDojoClient();
  const [settled, setSettled] = useState<Settled>();
  const [asked, setAsked] = useState(0);
  const ownsNothing = useRef(false);
  const { columns, ...asks } = view;
  const question = JSON.stringify({ ...asks, limit });

  useEffect(() => {
    const controller = new AbortController();
    const { limit: size, ...about } = JSON.parse(question);
    ask(client, about, { limit: size, ownsNothing, signal: controller.signal })
      .then(
        (found): Settled => ({ question, answered: about, ...found }),
        (error): Settled => ({ question, failure: toDojoFailure(error) }),
      )
      .then(next => {
        if (controller.signal.aborted) return;
        setSettled(last =>
          next.failure && last?.question === question
            ? { ...last, failure: next.failure }
            : next,
        );
      });
    return () => controller.abort();
  }, [client, question, asked]);

  const retry = useCallback(() => setAsked(number => number + 1), []);
  useLookingAgain(retry);

  const isSettled = settled?.question === question;
  return {
    ...(settled?.answer && {
      answer: settled.answer,
      answered: settled.answered,
    }),
    ...(isSettled && settled.failure && { failure: settled.failure }),
    ownsNothing: settled?.ownsNothing ?? false,
    isPending: !isSettled,
    retry,
  };
}

async function ask(
  client: DojoClient,
  view: DeliveriesView,
  options: {
    readonly limit: number;
    readonly signal: AbortSignal;
    /** Remembered for as long as the page is open, so that only the first question is put twice. */
    readonly ownsNothing: { current: boolean };
  },
): Promise<{ answer: Deliveries; ownsNothing: boolean }> {
  const { limit, signal, ownsNothing } = options;
  const list = (query: DeliveriesQuery) =>
    client.listDeliveries(query, { signal });
  const owned = isOwnedView(view);
  const asksOwned = owned && !ownsNothing.current;
  const answer = await list(
    toDeliveriesQuery(view, { owned: asksOwned, limit }),
  );
  ownsNothing.current = !answer.ownsAny;
  return {
    answer:
      asksOwned && !answer.ownsAny
        ? await list(toDeliveriesQuery(view, { owned: false, limit }))
        : answer,
    ownsNothing: owned && !answer.ownsAny,
  };
}

/** Calls `look` every 30 seconds while the page is seen, and as soon as it is seen again. */
function useLookingAgain(look: () => void): void {
  useEffect(() => {
    const whenSeen = () => {
      if (document.visibilityState === 'visible') look();
    };
    const timer = setInterval(whenSeen, deliveriesRefreshMs);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [look]);
}
