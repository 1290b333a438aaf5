import type { DeliveryEnvironment } from './delivery-environment';
import type { DeliverySource } from './delivery-parts';

/** Since when the answer is what it is: the oldest of what is current; `undefined` where nothing was read yet. */
export function oldestAsOf(
  sources: readonly DeliverySource[],
): string | undefined {
  return sources
    .flatMap(({ state, asOf }) => (state === 'current' && asOf ? [asOf] : []))
    .sort()
    .at(0);
}

/** Those that do not answer: their facts are old, or were never there. */
export function silentSources(
  sources: readonly DeliverySource[],
): readonly DeliverySource[] {
  return sources.filter(({ state }) => state === 'late' || state === 'failed');
}

/** Of whom a source is: `cluster:staging` is the cluster of staging. */
export function placeOfSource(id: string): {
  readonly kind: string;
  readonly environment: string;
} {
  const [kind, ...rest] = id.split(':');
  return { kind, environment: rest.join(':') };
}

/** The source whose silence makes the facts of an environment old; its cluster's tells most. */
export function staleSourceOf(
  environment: DeliveryEnvironment,
  sources: readonly DeliverySource[],
): DeliverySource | undefined {
  const late = sources.filter(({ state }) => state === 'late');
  return late.find(({ id }) => id === `cluster:${environment.name}`);
}
