import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../../cluster/kubernetes-object';
import { isMember } from '../apply-set';
import type { ClusterRun, ClusterStep } from './cluster-run';
import { writtenEffect } from './written-effect';

/** An object that the overlay makes no more is gone. Another one of its name, or one that left the set, is none of ours. */
export function pruneStep(
  prune: ClusterDecides['prunes'][number],
  { namespace }: Pick<ClusterDecides, 'namespace'>,
): ClusterStep {
  const { apiVersion, kind, name, uid } = prune;
  const ref = { apiVersion, kind, name, namespace };
  return {
    key: `no ${kind}/${namespace}/${name}`,
    text: `Delete ${kind} ${name}, which the overlay does not make any more`,
    already: false,
    toEffect({ cluster, state }: ClusterRun) {
      const isOwn = (
        found: KubernetesObject | undefined,
      ): found is KubernetesObject =>
        found?.metadata.uid === uid &&
        found?.metadata.deletionTimestamp === undefined &&
        isMember(found, state.set);
      const readOwn = async (signal: AbortSignal) => {
        const found = await cluster.get(ref, signal);
        return isOwn(found) ? found : undefined;
      };
      return writtenEffect({
        async write(signal) {
          const found = await readOwn(signal);
          if (found === undefined) return;
          await cluster.delete(
            ref,
            { uid, resourceVersion: String(found.metadata.resourceVersion) },
            signal,
          );
        },
        isDone: async signal => (await readOwn(signal)) === undefined,
        about: { wanted: { apiVersion, kind, metadata: { name } } },
      });
    },
  };
}
