import { backOffAfter } from './back-off';
import type { ContainerReporter, NodeScope } from './container-scope';

/** Why an image does not come. */
export interface PullProblem {
  readonly reason: 'ErrImagePull' | 'ImagePullBackOff' | 'InvalidImageName';
  /** As the container runtime words it. */
  readonly message: string;
}

/**
 * How pulling an image goes: undefined, it is there; else why not. It is asked anew at each pull, so it may answer
 * differently in turn.
 */
export type Pull = (image: string) => PullProblem | undefined;

const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const host = '(?:[a-zA-Z0-9.-]+(?::\\d+)?/)?';
const reference = new RegExp(
  `^${host}${part}(?:/${part})*(?::[\\w][\\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** Pulls until the image is there, and reports each failure as the kubelet does. */
export async function pullImage(
  image: string,
  { pull, backOff }: Pick<NodeScope, 'pull' | 'backOff'>,
  reporter: ContainerReporter,
): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    const problem = checkImageName(image) ?? pull(image);
    if (!problem) {
      const message =
        failures > 1
          ? `Successfully pulled image "${image}"`
          : `Container image "${image}" already present on machine`;
      reporter.event('Normal', 'Pulled', message);
      return;
    }
    const half = backOffAfter(failures, backOff) / 2;
    reportProblem(image, problem, reporter);
    await reporter.pause(half);
    if (problem.reason === 'ErrImagePull') reportBackOff(image, reporter);
    await reporter.pause(half);
  }
}

/** Looks at the name as the kubelet does before it pulls. */
function checkImageName(image: string): PullProblem | undefined {
  if (reference.test(image)) return undefined;
  return {
    reason: 'InvalidImageName',
    message: `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`,
  };
}

function reportProblem(
  image: string,
  { reason, message }: PullProblem,
  { set, event }: ContainerReporter,
): void {
  set({ state: { waiting: { reason, message } } });
  if (reason === 'InvalidImageName') event('Warning', 'InspectFailed', message);
  if (reason === 'ErrImagePull')
    event('Warning', 'Failed', `Failed to pull image "${image}": ${message}`);
  event('Warning', 'Failed', `Error: ${reason}`);
}

function reportBackOff(image: string, { set, event }: ContainerReporter): void {
  const message = `Back-off pulling image "${image}"`;
  set({ state: { waiting: { reason: 'ImagePullBackOff', message } } });
  event('Normal', 'BackOff', message);
  event('Warning', 'Failed', 'Error: ImagePullBackOff');
}
