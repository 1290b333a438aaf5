import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import { isClusterChange } from '../plan-cluster';
import { adoptStep } from './adopt-effect';
import { applyStep } from './apply-effect';
import type { ClusterStep } from './cluster-run';
import { pruneStep } from './prune-effect';
import { closeRecordStep, openRecordStep } from './record-effects';
import { rolloutStep } from './rollout-effect';

/**
 * What is done to the cluster, in this order: nothing is deleted before all that comes instead of it runs, and nothing is
 * applied that the record does not know.
 */
export function clusterEffects({
  component,
  cluster,
}: Pick<DeploymentDecides, 'component' | 'cluster'>): ClusterStep[] {
  if (cluster === undefined) return [];
  const isChange = isClusterChange(cluster);
  return [
    ...cluster.adopts.map(adopted => adoptStep(adopted, cluster)),
    ...(isChange ? [openRecordStep(component, cluster)] : []),
    ...cluster.writes.map(write => applyStep(write, cluster)),
    ...(cluster.watches ? [rolloutStep(cluster)] : []),
    ...cluster.prunes.map(prune => pruneStep(prune, cluster)),
    ...(isChange ? [closeRecordStep(component, cluster)] : []),
  ];
}
