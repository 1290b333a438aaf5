import {
  discoveryApiRef,
  fetchApiRef,
  type FetchApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import { type Delivery, DojoClient } from 'backstage-plugin-dojo-common';
import { useCallback, useSyncExternalStore } from 'react';

/** How often it is asked for again while the page is seen; milliseconds. */
export const sharedDeliveryRefreshMs = 30_000;

/** The delivery of one component, asked for once for everything small on a page that shows some of it. */
class SharedDelivery {
  #delivery: Delivery | undefined;
  #etag: string | undefined;
  #asking: AbortController | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #client: DojoClient;
  readonly #component: string;

  constructor(client: DojoClient, component: string) {
    this.#client = client;
    this.#component = component;
  }

  /** The newest answer; `undefined` until there is one, and where there is none to see. */
  readonly get = (): Delivery | undefined => this.#delivery;

  /** Asks while anybody listens. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      void this.#ask();
      this.#timer = setInterval(() => {
        if (document.visibilityState === 'visible') void this.#ask();
      }, sharedDeliveryRefreshMs);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#asking?.abort();
    };
  };

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const controller = new AbortController();
    this.#asking = controller;
    try {
      const answer = await this.#client.getDelivery(this.#component, {
        signal: controller.signal,
        ...(this.#etag !== undefined && { etag: this.#etag }),
      });
      if (!answer || controller.signal.aborted) return;
      this.#etag = answer.etag;
      this.#delivery = answer.delivery;
      for (const listener of [...this.#listeners]) listener();
    } catch {
      // The tab says what is wrong; a link that cannot tell whether it may be used stays as it was.
    }
  }
}

const shared = new WeakMap<FetchApi, Map<string, SharedDelivery>>();

/**
 * Some of the delivery of a component, for pieces that several stand beside each other: one request for all of them.
 *
 * @param component - Complete entity ref.
 */
export function useSharedDelivery(component: string): Delivery | undefined {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const find = useCallback(() => {
    const ofSession = shared.get(fetchApi) ?? new Map();
    shared.set(fetchApi, ofSession);
    const known = ofSession.get(component);
    if (known) return known;
    const client = new DojoClient({ discoveryApi, fetchApi });
    const made = new SharedDelivery(client, component);
    ofSession.set(component, made);
    return made;
  }, [discoveryApi, fetchApi, component]);
  const store: SharedDelivery = find();
  return useSyncExternalStore(store.subscribe, store.get);
}
