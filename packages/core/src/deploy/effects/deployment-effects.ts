import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { DeploymentStep } from './deployment-run';
import { overlayStep } from './overlay-effect';
import { requestSteps } from './request-effects';

/** The effects of a plan in the order in which they are settled; none where the overlay is as wished. */
export function deploymentEffects(
  decides: DeploymentDecides,
): DeploymentStep[] {
  if (decides.edits.length === 0) return [];
  return decides.mode === 'pull-request'
    ? requestSteps(decides)
    : [overlayStep(decides)];
}
