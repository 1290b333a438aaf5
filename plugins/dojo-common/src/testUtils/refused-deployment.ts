import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/** The answer where lint refuses what would be deployed. */
export function refusedDeployment(): DeploymentResult {
  return plannedDeployment({
    findings: [
      {
        code: 'IMAGE_TAG',
        severity: 'info',
        message: 'Deployment ledger runs ghcr.io/acme/ledger by a tag',
        object: 'Deployment ledger',
      },
      {
        code: 'REPLICAS',
        severity: 'warning',
        message: 'Deployment ledger has 2 replicas of a single writer',
        object: 'Deployment ledger',
        file: 'ledger/dev/kustomization.yaml',
        line: 14,
      },
      {
        code: 'CLAIM_SHRUNK',
        severity: 'error',
        message: 'PersistentVolumeClaim dojo-data shrinks from 2Gi to 1Gi',
        hint: 'Ask for 2Gi or more.',
        object: 'PersistentVolumeClaim dojo-data',
        file: 'ledger/dev/pvc.yaml',
        line: 9,
      },
    ],
  });
}
