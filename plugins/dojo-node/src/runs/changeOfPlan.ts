import type { Delivery, HistoryEntry } from 'backstage-plugin-dojo-common';
import type { AwaitedChange } from './operationOfTask';

/**
 * How a change stands, as the index knows it: while its request is there it waits; a landing by the same plan is its end. One
 * that is neither is closed, unless the infra repository was read before it was asked for.
 *
 * @param of - `since`: when the change was asked for
 */
export function changeOfPlan(
  of: {
    readonly environment: string;
    readonly planHash: string;
    readonly requester: string | undefined;
    readonly since: Date;
  },
  delivery: Delivery,
  landings: readonly HistoryEntry[],
): AwaitedChange {
  const by =
    of.requester === undefined
      ? 'somebody other than who asked for it'
      : `somebody other than ${of.requester}`;
  if (delivery.kind !== 'delivery') return { kind: 'waiting', by };
  const landed = landings.find(
    entry => entry.kind === 'deployment' && entry.planHash === of.planHash,
  );
  if (landed) return { kind: 'landed', sentence: landed.sentence };
  const waiting = delivery.environments.find(
    ({ name }) => name === of.environment,
  )?.waiting;
  if (waiting?.planHash === of.planHash) {
    return {
      kind: 'waiting',
      by,
      ...(waiting.url !== undefined && { url: waiting.url }),
    };
  }
  const asOf = delivery.sources.find(({ id }) => id === 'infra')?.asOf;
  const wasReadSince = asOf !== undefined && new Date(asOf) > of.since;
  return wasReadSince ? { kind: 'closed' } : { kind: 'waiting', by };
}
