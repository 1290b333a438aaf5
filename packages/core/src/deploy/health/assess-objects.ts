import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { computeHealth } from './compute-health';
import { createHealthContext } from './health-context';

/**
 * The health of each object of a set, in its order. Events are no objects that are healthy or not: they tell of the others,
 * and are left out.
 *
 * @param beside what tells of them and is not judged itself.
 */
export function assessObjects(
  objects: readonly KubernetesObject[],
  now: Date,
  beside: readonly KubernetesObject[] = [],
): ObjectHealth[] {
  const context = createHealthContext([...objects, ...beside], now);
  return objects
    .filter(({ kind }) => kind !== 'Event')
    .map(object => {
      const { apiVersion, kind, metadata } = object;
      const { name, namespace } = metadata;
      return {
        apiVersion,
        kind,
        name,
        ...(namespace !== undefined && { namespace }),
        ...computeHealth(object, context),
      };
    });
}
