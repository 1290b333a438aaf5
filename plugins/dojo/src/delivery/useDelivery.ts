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

/**
 * The delivery of a component, asked for again by signal, on focus and every 30 seconds while the page is seen.
 *
 * @param component - complete entity ref
 */
export function useDelivery(component: string) {
  const client = useDojoClient();
  const [state, setState] = useState<DeliveryState>({ kind: 'loading' });
  const [isRefreshing, setIsRefreshing] = useState(false);
  const known = useRef<{ etag?: string; running?: AbortController }>({});

  const reload = useCallback(async () => {
    known.current.running?.abort();
    const controller = new AbortController();
    known.current.running = controller;
    const { signal } = controller;
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
  }, [client, component]);

  useEffect(() => {
    setState({ kind: 'loading' });
    known.current = {};
    return () => known.current.running?.abort();
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
    if (error.kind === 'not-found' || error.kind === 'denied')
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
