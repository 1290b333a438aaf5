import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import { runningSentence } from 'dojo-portal-core/delivery';
import { runErrors } from './runErrors';
import type { StartRunRequest } from './Runs';

/**
 * A run of the same target blocks its own verb, and no other's (`planActions` says the same to the page).
 *
 * @throws DojoError RUNNING, which names the run.
 */
export async function refuseWhileRunning({
  request,
  now,
  credentials,
  runningOf,
}: {
  readonly now: Date;
  readonly request: StartRunRequest;
  readonly credentials: BackstageCredentials;
  readonly runningOf: (
    component: string,
    credentials: BackstageCredentials,
  ) => Promise<readonly DeliveryRun[]>;
}): Promise<void> {
  const running = await runningOf(request.component, credentials);
  const same = running.find(run => isSameTarget(run, request));
  if (same === undefined) return;
  throw runErrors.running(runningSentence(same, now), same.id);
}

function isSameTarget(
  { kind, environment }: DeliveryRun,
  request: StartRunRequest,
): boolean {
  if (request.verb === 'release')
    return kind === 'release' || kind === 'shipment';
  if (environment !== request.environment) return false;
  return kind === request.verb || kind === 'shipment';
}
