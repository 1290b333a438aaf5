import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import { clusterEffects } from '../apply/effects/cluster-effects';
import type { RequestForge } from '../deployment-state';
import type { DeploymentRun, DeploymentStep } from './deployment-run';
import { overlayStep } from './overlay-effect';
import { requestSteps } from './request-effects';
import { syncStep } from '../sync/sync-effect';

/**
 * The effects of a plan in the order in which they are settled; none where all is as wished.
 *
 * @param forge - where a request is opened in mode pull-request; absent: the branch is the request.
 */
export function deploymentEffects(
  decides: DeploymentDecides,
  forge?: RequestForge,
): DeploymentStep[] {
  return [
    ...overlayEffects(decides, forge),
    ...clusterEffects(decides).map(step => ({
      ...step,
      toEffect: ({ cluster }: DeploymentRun) => {
        if (cluster === undefined) throw new Error('there is no cluster');
        return step.toEffect(cluster);
      },
    })),
    ...syncEffects(decides),
  ];
}

/** Of the git modes: last, once it has landed. */
function syncEffects({ folder, sync }: DeploymentDecides): DeploymentStep[] {
  if (sync === undefined) return [];
  const step = syncStep({ folder, sync });
  return [
    {
      ...step,
      toEffect: ({ sync: run }: DeploymentRun) => {
        if (run === undefined) throw new Error('there is no cluster');
        return step.toEffect(run);
      },
    },
  ];
}

function overlayEffects(
  decides: DeploymentDecides,
  forge: RequestForge | undefined,
): DeploymentStep[] {
  if (decides.edits.length === 0) return [];
  return decides.mode === 'pull-request'
    ? requestSteps(decides, forge)
    : [overlayStep(decides)];
}
