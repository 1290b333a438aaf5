import type { Delivery } from 'backstage-plugin-dojo-common';
import { canonicalJson, hashOf } from './store/contentHash';

/**
 * The same for answers that differ in nothing but the time: the generation, and a hash of what was answered, which holds
 * what the caller may do, the freezes and how fresh the sources are. A source that was read again and said the same, and is
 * current still, changes nothing.
 */
export function etagOf(delivery: Delivery, generation: number): string {
  const { now, sources, ...rest } = {
    now: undefined,
    sources: undefined,
    ...delivery,
  };
  const freshness = sources?.map(({ id, state, error }) => [
    id,
    state,
    error?.code,
  ]);
  const text = canonicalJson({ ...rest, freshness });
  // Of what has no beginning that is known, the answer says since now.
  const timeless = now === undefined ? text : text.replaceAll(now, '');
  const hash = hashOf(timeless).slice(0, 32);
  return `"${generation}-${hash}"`;
}
