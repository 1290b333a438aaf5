import type { DeliverySource, SourceId } from 'backstage-plugin-dojo-common';
import type { SourceMark } from '../store/IndexedComponent';
import { SourceKind, sourceIntervals } from './sourceIntervals';

/** How fresh a source is: current within twice its interval, late from then on; one that never was read is loading, or failed. */
export function toSource(
  id: SourceId,
  kind: SourceKind,
  mark: SourceMark | undefined,
  now: Date,
): DeliverySource {
  if (mark === undefined) return { id, state: 'loading' };
  const { asOf, nextAt, error } = mark;
  const told = {
    nextAt: new Date(nextAt).toISOString(),
    ...(error && {
      error: {
        code: error.code,
        message: error.message,
        hint: error.hint ?? 'It is tried again by itself.',
      },
    }),
  };
  if (asOf === undefined) {
    return error
      ? { id, state: 'failed', ...told }
      : { id, state: 'loading', ...told };
  }
  const isLate = now.getTime() - asOf > 2 * sourceIntervals[kind];
  return {
    id,
    state: isLate ? 'late' : 'current',
    asOf: new Date(asOf).toISOString(),
    ...told,
  };
}
