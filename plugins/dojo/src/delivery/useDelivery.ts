import { useSignal } from '@backstage/plugin-signals-react';
import {
  type Delivery,
  deliveryChannel,
  isDojoError,
} from 'backstage-plugin-dojo-common';
import {
  type DojoFailure,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAttentive } from './useAttentive';

/** Why there is no delivery to show. `absent`: there is none, or none that the reader may see: the page says the same. */
export type DeliveryFailure =
  | { readonly kind: 'absent' | 'backend-missing' }
  | { readonly kind: 'failed'; readonly failure: DojoFailure };

/** How far the answer is. A failure after an answer stands beside it: what was known stays. */
export type DeliveryState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly why: DeliveryFailure }
  | {
      readonly kind: 'loaded';
      readonly delivery: Delivery;
      readonly failure?: DeliveryFailure;
    };

/** An answer that takes longer is given up where a newer one is asked for. */
const givenUpAfterMs = 25_000;

/** What is known of the last answer, and the request that is on its way. */
interface Asking {
  etag?: string;
  running?: {
    readonly controller: AbortController;
    readonly done: Promise<void>;
  };
  /** When the request was sent. */
  since: number;
  /** Something changed since the request was sent. */
  isAskedAgain?: boolean;
}

/**
 * The delivery of a component, asked for again by signal, on focus and every 30 seconds while the page is seen.
 *
 * @param component - complete entity ref
 */
export function useDelivery(component: string) {
  const client = useDojoClient();
  const [state, setState] = useState<DeliveryState>({ kind: 'loading' });
  const [isRefreshing, setIsRefreshing] = useState(false);
  const known = useRef<Asking>({ since: 0 });

  const ask = useCallback(
    async (signal: AbortSignal) => {
      const { etag } = known.current;
      try {
        const answer = await client.getDelivery(component, {
          signal,
          ...(etag !== undefined && { etag }),
        });
        if (signal.aborted) return;
        if (answer) {
          known.current.etag = answer.etag;
          setState({ kind: 'loaded', delivery: answer.delivery });
        } else {
          setState(withoutFailure);
        }
      } catch (error) {
        if (!signal.aborted)
          setState(before => withFailure(before, whyOf(error)));
      }
    },
    [client, component],
  );

  const reload = useCallback(async () => {
    const asking = known.current;
    if (asking.running && Date.now() - asking.since < givenUpAfterMs) {
      // Signals may come faster than answers: were each answer given up for the next, the page would show none of them.
      asking.isAskedAgain = true;
      return asking.running.done;
    }
    asking.running?.controller.abort();
    const controller = new AbortController();
    const { signal } = controller;
    const untilShown = async () => {
      do {
        asking.since = Date.now();
        asking.isAskedAgain = false;
        await ask(signal);
      } while (asking.isAskedAgain && !signal.aborted);
      if (asking.running?.controller === controller) delete asking.running;
    };
    const done = untilShown();
    asking.running = { controller, done };
    return done;
  }, [ask]);

  useEffect(() => {
    setState({ kind: 'loading' });
    known.current = { since: 0 };
    return () => known.current.running?.controller.abort();
  }, [component]);

  const { lastSignal } = useSignal<{ generation: string }>(
    deliveryChannel(component),
  );
  useEffect(() => {
    void reload();
  }, [reload, lastSignal]);
  useAttentive(reload);

  /** Has the sources read again; what comes of it is shown when it is there. */
  const refresh = useCallback(async () => {
    setIsRefreshing(true);
    try {
      await client.refreshDelivery(component);
    } catch (error) {
      setState(before => withFailure(before, whyOf(error)));
    }
    await reload();
    setIsRefreshing(false);
  }, [client, component, reload]);

  return { state, reload, refresh, isRefreshing };
}

function whyOf(error: unknown): DeliveryFailure {
  if (isDojoError(error)) {
    // Without the plugin, whoever answers for it sends no error of ours.
    if (error.code === 'BACKEND_FAILED' && error.kind === 'not-found')
      return { kind: 'backend-missing' };
    if (error.code === 'BACKEND_UNREACHABLE')
      return { kind: 'backend-missing' };
    const isSignedOut = error.code === 'SESSION_EXPIRED';
    if (error.kind === 'not-found' || (error.kind === 'denied' && !isSignedOut))
      return { kind: 'absent' };
  }
  return { kind: 'failed', failure: toDojoFailure(error) };
}

function withFailure(
  before: DeliveryState,
  why: DeliveryFailure,
): DeliveryState {
  // What may not be seen any more goes; what cannot be asked for stays.
  return before.kind === 'loaded' && why.kind !== 'absent'
    ? { ...before, failure: why }
    : { kind: 'failed', why };
}

function withoutFailure(before: DeliveryState): DeliveryState {
  if (before.kind !== 'loaded' || !before.failure) return before;
  return { kind: 'loaded', delivery: before.delivery };
}
