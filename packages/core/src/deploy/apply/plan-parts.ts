import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import { planHash as hashOf } from '../../plan/plan-hash';

/** Hexadecimal digits: 64 bits tell the parts of one plan from anything else that may be planned for its objects. */
const digits = 16;

/**
 * What a plan does to single objects, each as a short hash. A part that is done is planned no more, and the others have the
 * hashes that they had: what is planned now is left of an earlier plan where it has all its parts from it.
 */
export function partsOf({
  writes,
  prunes,
}: Pick<ClusterDecides, 'writes' | 'prunes'>): string[] {
  return [
    ...writes.map(write => ({ write })),
    ...prunes.map(prune => ({ prune })),
  ].map(part => hashOf(part).slice(0, digits));
}
