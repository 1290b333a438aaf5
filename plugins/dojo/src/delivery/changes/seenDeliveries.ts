import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { DeliveryAnswer } from '../deliveryAnswer';

/** More components than anybody goes between; the oldest are forgotten. */
const maxSeen = 20;

/** By what an app has one of: what two apps of one page have seen are two things. */
const seenIn = new WeakMap<object, Map<string, DeliveryAnswer>>();

/** What was seen last of a component since the page was loaded: who comes back from a task is told what came of it. */
export interface SeenDeliveries {
  of(component: string): DeliveryAnswer | undefined;
  keep(delivery: DeliveryAnswer): void;
}

export function useSeenDeliveries(): SeenDeliveries {
  const app = useApi(fetchApiRef);
  return {
    of: component => seenIn.get(app)?.get(component),
    keep: delivery => {
      const seen = seenIn.get(app) ?? new Map<string, DeliveryAnswer>();
      seenIn.set(app, seen);
      seen.delete(delivery.component);
      seen.set(delivery.component, delivery);
      const [oldest] = seen.keys();
      if (seen.size > maxSeen) seen.delete(oldest);
    },
  };
}
