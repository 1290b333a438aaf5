import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/** The dry run of a rollback of ledger in dev, from v0.3.0 to v0.2.0. */
export function plannedRollback(): DeploymentResult {
  const { shows, decides } = plannedDeployment().plan;
  const planned = plannedDeployment(
    {
      from: decides.version,
      reason:
        'ledger in dev goes from v0.3.0 (a41d9e2) to v0.2.0 (5d20c18), as it was at infra commit 1f0a9d3.',
    },
    { intent: 'rollback', version: shows.from! },
  );
  return { ...planned, version: 'v0.2.0', baseSha: shows.from!.commit };
}
