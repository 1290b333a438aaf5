import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/** The dry run of a promotion of v0.3.0 from dev to staging, where it waits for a merge. */
export function plannedPromotion(): DeploymentResult {
  const planned = plannedDeployment(
    {
      reason:
        'ledger in staging goes from v0.2.0 (5d20c18) to v0.3.0 (a41d9e2), as dev has it.',
      effects: [
        {
          key: 'request dojo/ledger/staging',
          text: 'Push one commit to dojo/ledger/staging, over main, that asks for the change',
          already: false,
        },
        {
          key: 'overlay ledger/staging on main',
          text: 'Wait for the merge of dojo/ledger/staging into main',
          already: false,
        },
      ],
    },
    {
      environment: 'staging',
      folder: 'ledger/staging',
      intent: 'promotion',
      mode: 'pull-request',
    },
  );
  return { ...planned, overlayPath: 'ledger/staging' };
}
