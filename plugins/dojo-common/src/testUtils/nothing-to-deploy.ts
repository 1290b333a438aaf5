import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/** The answer where the overlay of ledger in dev has v0.3.0 already. */
export function nothingToDeploy(): DeploymentResult {
  const { version } = plannedDeployment().plan.decides;
  const planned = plannedDeployment(
    {
      reason:
        'Nothing to deploy: the overlay of ledger in dev has v0.3.0 (a41d9e2) already.',
      from: version,
      diffs: [],
      objects: [],
      effects: [],
    },
    { edits: [] },
  );
  return {
    ...planned,
    outcome: 'nothing-to-deploy',
    plan: { ...planned.plan, kind: 'nothing-to-deploy' },
  };
}
