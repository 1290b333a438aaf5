import type { DeliverySource, SourceId } from 'backstage-plugin-dojo-common';
import type { SourceMark } from '../store/IndexedComponent';
import { SourceKind, sourceIntervals } from './sourceIntervals';

/**
 * How fresh a source is: current within twice its interval, late from then on, or where its readings fail; one that never was
 * read is loading, or failed.
 */
export function toSource(
  id: SourceId,
  kind: SourceKind,
  mark: SourceMark | undefined,
  now: Date,
): DeliverySource {
  if (mark === undefined) return { id, state: 'loading' };
  const { asOf, nextAt, error, failures } = mark;
  const told = {
    nextAt: new Date(nextAt).toISOString(),
    ...(error && {
      error: {
        code: error.code,
        message: reasonIn(error.message),
        hint: error.hint ?? 'It is tried again by itself.',
      },
    }),
  };
  if (asOf === undefined) {
    return error
      ? { id, state: 'failed', ...told }
      : { id, state: 'loading', ...told };
  }
  const isLate =
    failures >= silentAfter(kind) ||
    now.getTime() - asOf > 2 * sourceIntervals[kind];
  return {
    id,
    state: isLate ? 'late' : 'current',
    asOf: new Date(asOf).toISOString(),
    ...told,
  };
}

/** A watch fails only after it was tried again for half a minute; another reading may fail once. */
function silentAfter(kind: SourceKind): number {
  return kind === 'cluster' ? 1 : 2;
}

/** Of what names its source, the reason alone: whoever shows it says of which source it is, and since when. */
function reasonIn(message: string): string {
  const [, reason = message] =
    /^[^:]{1,100}'s cluster does not answer: (.+)$/s.exec(message) ?? [];
  return reason;
}
