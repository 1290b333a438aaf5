import type { DeploymentResult } from '../deployment/deployment-result';
import { objectId } from './object-id';
import { plannedDeployment } from './planned-deployment';

/** A run of {@link plannedDeployment}, which brought v0.3.0 into the overlay of ledger in dev. */
export function executedDeployment(): DeploymentResult {
  const planned = plannedDeployment();
  return {
    ...planned,
    outcome: 'deployed',
    commit: objectId('0c3f77b'),
    effects: planned.plan.shows.effects.map(({ key }) => ({
      kind: 'done',
      key,
    })),
  };
}
