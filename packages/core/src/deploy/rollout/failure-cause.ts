import { toPrintable } from '../../text/to-printable';
import { graceSeconds } from '../health/judge-waiting';

/** Why a rollout does not come to its end. */
export type FailureCode =
  | 'CONTAINER_CONFIG'
  | 'CONTAINER_CRASHED'
  | 'CONTAINER_OUT_OF_MEMORY'
  | 'DEADLINE_EXCEEDED'
  | 'IMAGE_DENIED'
  | 'IMAGE_NAME_INVALID'
  | 'IMAGE_NOT_FOUND'
  | 'IMAGE_PULL_FAILED'
  | 'IMAGE_RATE_LIMITED'
  | 'MOUNT_FAILED'
  | 'OBJECT_FAILED'
  | 'OBJECT_GONE'
  | 'POD_REFUSED'
  | 'PROBE_FAILED'
  | 'QUOTA_EXCEEDED'
  | 'UNSCHEDULABLE'
  | 'VOLUME_IN_USE'
  | 'VOLUME_NOT_PROVISIONED';

/** One cause, as a person reads it. */
export interface FailureCause {
  readonly code: FailureCode;
  /** What it is about: `Pod/ledger-dev/ledger-7d4c9-x`. */
  readonly object: string;
  /** One sentence with the values in it. */
  readonly sentence: string;
  /** What to do. */
  readonly hint: string;
  /** When it began; undefined: the cluster does not tell. */
  readonly since: Date | undefined;
  /** Seconds after which it ends the rollout: 0 at once; undefined: it may pass, the deadline decides. */
  readonly fatalAfter: number | undefined;
  /** Last lines that the container wrote before it ended, oldest first. */
  readonly log?: readonly string[];
}

/** Whether a cause ends the rollout now. What began nobody knows when is taken to begin at `firstSeen`. */
export function isFatal(
  { since, fatalAfter }: FailureCause,
  now: Date,
  firstSeen: Date,
): boolean {
  if (fatalAfter === undefined) return false;
  return now.getTime() - (since ?? firstSeen).getTime() >= fatalAfter * 1000;
}

type Entry = Omit<FailureCause, 'object' | 'since'>;

/** Sentence, hint and patience of each cause. Texts of the cluster come through {@link toPrintable}. */
export const causes = {
  /** `said`: of the kubelet, such as `secret "db" not found`. */
  containerConfig: (container: string, said: string): Entry => ({
    code: 'CONTAINER_CONFIG',
    sentence: `container ${container} cannot be made: ${toPrintable(said)}`,
    hint: 'Create what it names in the namespace, or correct the reference in the base or a patch.',
    fatalAfter: graceSeconds.waiting,
  }),
  containerCrashed: (
    container: string,
    exitCode: number | undefined,
    restarts: number,
    { isFatal: fatal, log }: { isFatal: boolean; log: readonly string[] },
  ): Entry => ({
    code: 'CONTAINER_CRASHED',
    sentence: `container ${container} ended with exit code ${
      exitCode ?? '(none)'
    }${restarts > 0 ? ` and was restarted ${times(restarts)}` : ''}${lastOf(
      log,
    )}`,
    hint: 'Read what it wrote before it ended; then release a version that starts, or roll back.',
    fatalAfter: fatal ? 0 : undefined,
    ...(log.length > 0 && { log }),
  }),
  containerOutOfMemory: (
    container: string,
    limit: string | undefined,
    restarts: number,
    { isFatal: fatal, log }: { isFatal: boolean; log: readonly string[] },
  ): Entry => ({
    code: 'CONTAINER_OUT_OF_MEMORY',
    sentence: `container ${container} was killed because it took more memory than ${
      limit === undefined ? 'the node had' : `its limit of ${limit}`
    }${restarts > 0 ? ` and was restarted ${times(restarts)}` : ''}`,
    hint: 'Raise its memory limit, or let it take less.',
    fatalAfter: fatal ? 0 : undefined,
    ...(log.length > 0 && { log }),
  }),
  deadlineExceeded: (said: string): Entry => ({
    code: 'DEADLINE_EXCEEDED',
    sentence: `the rollout did not end within its deadline: ${toPrintable(
      said,
    )}`,
    hint: 'Look at the pods and their events; then deploy again, or roll back.',
    fatalAfter: 0,
  }),
  imageDenied: (image: string, said: string): Entry => ({
    code: 'IMAGE_DENIED',
    sentence: `${pulled(image)}: ${toPrintable(ofRegistry(said))}`,
    hint: 'Give the namespace a pull secret that may read the image, or make the image public.',
    fatalAfter: 0,
  }),
  imageNameInvalid: (image: string, said: string): Entry => ({
    code: 'IMAGE_NAME_INVALID',
    sentence: `image ${toPrintable(image)} cannot be pulled: ${
      toPrintable(said) || 'its name is not valid'
    }`,
    hint: 'Correct the name of the image in the overlay.',
    fatalAfter: 0,
  }),
  imageNotFound: (image: string, said: string): Entry => ({
    code: 'IMAGE_NOT_FOUND',
    sentence: `${pulled(image)}: ${toPrintable(ofRegistry(said))}`,
    hint: 'Push the image, or deploy a version whose image is there.',
    fatalAfter: 0,
  }),
  imagePullFailed: (image: string, said: string): Entry => ({
    code: 'IMAGE_PULL_FAILED',
    sentence: `${pulled(image)}: ${toPrintable(ofRegistry(said))}`,
    hint: 'Look whether the node reaches the registry; then deploy again.',
    fatalAfter: graceSeconds.waiting,
  }),
  imageRateLimited: (image: string, said: string): Entry => ({
    code: 'IMAGE_RATE_LIMITED',
    sentence: `${pulled(
      image,
    )} yet: the registry asks to come back later (rate limit): ${toPrintable(
      said,
    )}`,
    hint: 'Wait, or pull with an account or from a mirror that has a higher limit.',
    fatalAfter: undefined,
  }),
  mountFailed: (said: string): Entry => ({
    code: 'MOUNT_FAILED',
    sentence: `a volume cannot be mounted: ${toPrintable(said)}`,
    hint: 'Create what it names in the namespace, or look at the storage of the cluster.',
    fatalAfter: undefined,
  }),
  /** `said`: of the object itself, such as a Job's condition. */
  objectFailed: (said: string): Entry => ({
    code: 'OBJECT_FAILED',
    sentence: `it has failed: ${toPrintable(said)}`,
    hint: 'Look at the object, and at what it names; then deploy again, or roll back.',
    fatalAfter: 0,
  }),
  objectGone: (): Entry => ({
    code: 'OBJECT_GONE',
    sentence: 'it was deleted by somebody while the rollout was watched',
    hint: 'Deploy again once it is clear who deletes it.',
    fatalAfter: graceSeconds.waiting,
  }),
  podRefused: (said: string, isForGood: boolean): Entry => ({
    code: 'POD_REFUSED',
    sentence: `no pod can be made: ${toPrintable(said)}`,
    hint: 'Change what the message names in the base or a patch, or the rule of the namespace.',
    fatalAfter: isForGood ? 0 : graceSeconds.refused,
  }),
  /** A container that the kubelet ends since it does not answer. */
  probeKilled: (
    container: string,
    said: string,
    restarts: number,
    { isFatal: fatal, log }: { isFatal: boolean; log: readonly string[] },
  ): Entry => ({
    code: 'PROBE_FAILED',
    sentence: `container ${container} does not answer and was restarted ${times(
      restarts,
    )}: ${toPrintable(said)}`,
    hint: 'Look at its log, and at the path, port and delay of the probe.',
    fatalAfter: fatal ? 0 : undefined,
    ...(log.length > 0 && { log }),
  }),
  probeFailed: (said: string): Entry => ({
    code: 'PROBE_FAILED',
    sentence: `it runs and is not ready: ${toPrintable(said)}`,
    hint: 'Look at its log, and at the path, port and delay of the probe.',
    fatalAfter: undefined,
  }),
  /** `mayPass`: a former pod is going, and gives back what it holds. */
  quotaExceeded: (quota: string, numbers: string, mayPass: boolean): Entry => ({
    code: 'QUOTA_EXCEEDED',
    sentence: `no pod can be made: quota ${toPrintable(
      quota,
    )} is exceeded: ${toPrintable(numbers)}`,
    hint: 'Raise the quota of the namespace, or ask for less in the base or a patch.',
    fatalAfter: mayPass ? graceSeconds.refused : graceSeconds.quota,
  }),
  unschedulable: (said: string, isScalingUp: boolean): Entry => ({
    code: 'UNSCHEDULABLE',
    sentence: `no node takes the pod: ${toPrintable(said)}${
      isScalingUp ? '; the cluster is adding a node' : ''
    }`,
    hint: 'Ask for less, or give the cluster a node that fits.',
    fatalAfter: isScalingUp ? undefined : graceSeconds.unschedulable,
  }),
  volumeInUse: (said: string): Entry => ({
    code: 'VOLUME_IN_USE',
    sentence: `the volume is still attached elsewhere: ${toPrintable(said)}`,
    hint: 'Wait until the pod that uses it is gone; if its node is lost, delete that pod by force.',
    fatalAfter: undefined,
  }),
  volumeNotProvisioned: (said: string): Entry => ({
    code: 'VOLUME_NOT_PROVISIONED',
    sentence: `no volume can be made for the claim: ${toPrintable(said)}`,
    hint: 'Look at the storage class that it names, and at the storage of the cluster.',
    fatalAfter: undefined,
  }),
};

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function lastOf(log: readonly string[]): string {
  const last = log.at(-1);
  return last === undefined ? '' : `: ${toPrintable(last)}`;
}

/** Without what an event says before it, and names the image once more: the end of a long one is cut off, and it says why. */
function ofRegistry(said: string): string {
  return said.replace(/^Failed to pull image "[^"]*": /, '');
}

function pulled(image: string): string {
  return `image ${toPrintable(image)} cannot be pulled from ${registryOf(
    image,
  )}`;
}

/** The host of an image's name; without one it is Docker Hub. */
function registryOf(image: string): string {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first)
    ? toPrintable(first)
    : 'docker.io';
}
