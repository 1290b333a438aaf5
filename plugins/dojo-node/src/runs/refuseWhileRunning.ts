import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import { runningSentence } from 'dojo-portal-core/delivery';
import { runErrors } from './runErrors';
import type { StartRunRequest } from './Runs';

/**
 * A run of the same target blocks its own verb, and no other's (`planActions` says the same to the page). The index hears
 * of an end after it: what it takes for running is asked for before anybody is sent away.
 *
 * @throws DojoError RUNNING, which names the run.
 */
export async function refuseWhileRunning({
  request,
  now,
  credentials,
  runningOf,
  stillRuns,
}: {
  readonly now: Date;
  readonly request: StartRunRequest;
  readonly credentials: BackstageCredentials;
  readonly runningOf: (
    component: string,
    credentials: BackstageCredentials,
  ) => Promise<readonly DeliveryRun[]>;
  /** Whether this very task has not ended. */
  readonly stillRuns: (taskId: string) => Promise<boolean>;
}): Promise<void> {
  const running = await runningOf(request.component, credentials);
  for (const run of running.filter(each => isSameTarget(each, request))) {
    if (await stillRuns(run.id.replace(/^task:/, '')))
      throw runErrors.running(runningSentence(run, now), run.id);
  }
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
