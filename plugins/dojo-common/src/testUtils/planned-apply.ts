import type {
  ClusterDecides,
  DeploymentDecides,
} from '../deployment/deployment-plan';
import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/**
 * The dry run of {@link plannedDeployment} in mode apply: two objects of ledger-dev in the cluster eu-1 are written, and the
 * rollout is watched for ten minutes.
 */
export function plannedApply(
  cluster: Partial<ClusterDecides> = {},
  decides: Partial<DeploymentDecides> = {},
): DeploymentResult {
  return plannedDeployment(
    {},
    {
      mode: 'apply',
      cluster: {
        name: 'eu-1',
        namespace: 'ledger-dev',
        writes: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'ledger',
            change: 'created',
            diff: 'c1'.padEnd(64, '0'),
          },
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'ledger',
            change: 'changed',
            diff: 'd1'.padEnd(64, '0'),
          },
        ],
        adopts: [],
        prunes: [],
        watches: true,
        wait: 600,
        takeover: false,
        onFailure: 'leave',
        ...cluster,
      },
      ...decides,
    },
  );
}
