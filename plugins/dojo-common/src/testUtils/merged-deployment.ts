import type { DeploymentMergeResult } from '../deployment/merge-request';
import { objectId } from './object-id';
import { waitingDeployment } from './waiting-deployment';

/** The merge of {@link waitingDeployment}. */
export function mergedDeployment(): DeploymentMergeResult {
  return waitingDeployment({
    outcome: 'merged',
    commit: objectId('3ac90fe'),
    effects: [{ kind: 'done', key: 'merge dojo/ledger/production' }],
  });
}
