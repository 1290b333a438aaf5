import type { DeploymentResult } from '../deployment/deployment-result';
import { plannedDeployment } from './planned-deployment';

/** The answer inside a freeze window of dev, which ends on November 30, 2026 at 08:00 in Rome. */
export function frozenDeployment(): DeploymentResult {
  return plannedDeployment({
    frozen: {
      window: 'Fri 18:00 - Mon 08:00 Europe/Rome',
      until: '2026-11-30T07:00:00.000Z',
    },
  });
}
