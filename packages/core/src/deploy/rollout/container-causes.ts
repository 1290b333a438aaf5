import type { HealthContext } from '../health/health-context';
import { isRateLimited } from '../health/judge-waiting';
import { countAt, mapsAt, textAt, valueAt } from '../health/object-fields';
import { runsCalmly } from '../health/pod-health';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { PlainMap } from '../objects/plain-value';
import { causes } from './failure-cause';
import type { FailureCause } from './failure-cause';

/** Reads the last lines that a container wrote before it ended; none where nobody has read them. */
export type ReadLog = (
  pod: KubernetesObject,
  container: string,
) => readonly string[];

/** A cause before it is known what it is about. */
type Entry = Omit<FailureCause, 'object' | 'since'>;

/** Restarts after which a container that ends is not only starting. */
const maxRestarts = 2;
const maxLogLines = 20;

/** A message that only says that something was said before. */
const tellsNothing =
  /^(?:Back-off pulling image|Error: (?:ErrImagePull|ImagePullBackOff)$)/;
const notThere = /not found|manifest unknown|name unknown|no such image/i;
const notAllowed = /unauthorized|denied|authentication required|forbidden/i;

/** Why containers of a pod do not run, init containers first. */
export function containerCauses(
  pod: KubernetesObject,
  { now, eventsOf }: Pick<HealthContext, 'now' | 'eventsOf'>,
  readLog: ReadLog,
): Entry[] {
  const events = eventsOf(pod);
  return ['initContainer', 'container'].flatMap(sort =>
    mapsAt(pod, 'status', `${sort}Statuses`).flatMap(status => {
      const name = textAt(status, 'name') ?? '';
      const spec = mapsAt(pod, 'spec', `${sort}s`).find(
        container => container.name === name,
      );
      const cause =
        waitingCause(status, name, spec, events) ??
        (runsCalmly(status, now)
          ? undefined
          : crashCause(pod, status, name, spec, events, readLog));
      return cause === undefined ? [] : [cause];
    }),
  );
}

function waitingCause(
  status: PlainMap,
  name: string,
  spec: PlainMap | undefined,
  events: readonly KubernetesObject[],
): Entry | undefined {
  const waiting = valueAt(status, 'state', 'waiting');
  const reason = textAt(waiting, 'reason') ?? '';
  const said = textAt(waiting, 'message') ?? '';
  const image = textAt(spec, 'image') ?? textAt(status, 'image') ?? '';
  switch (reason) {
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return causes.imageNameInvalid(image, said || reason);
    case 'ImagePullBackOff':
      return pullCause(image, pullMessage(image, events) ?? (said || reason));
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
      return causes.containerConfig(name, said || reason);
    default:
      return /^ErrImage|^Image.*Error$|^RegistryUnavailable$/.test(reason)
        ? pullCause(image, pullMessageOf(said, image, events) || reason)
        : undefined;
  }
}

/** The kubelet's first words on a pull are in the status for a moment only; the event keeps them. */
function pullMessageOf(
  said: string,
  image: string,
  events: readonly KubernetesObject[],
): string {
  if (said !== '' && !tellsNothing.test(said)) return said;
  return pullMessage(image, events) ?? said;
}

function pullMessage(
  image: string,
  events: readonly KubernetesObject[],
): string | undefined {
  const told = events
    .filter(event => textAt(event, 'reason') === 'Failed')
    .map(event => textAt(event, 'message') ?? '')
    .filter(message => /pull/i.test(message) && !tellsNothing.test(message));
  return told.filter(message => message.includes(image)).at(-1) ?? told.at(-1);
}

function pullCause(image: string, said: string): Entry {
  if (isRateLimited(said)) return causes.imageRateLimited(image, said);
  if (notThere.test(said)) return causes.imageNotFound(image, said);
  if (notAllowed.test(said)) return causes.imageDenied(image, said);
  return causes.imagePullFailed(image, said);
}

function crashCause(
  pod: KubernetesObject,
  status: PlainMap,
  name: string,
  spec: PlainMap | undefined,
  events: readonly KubernetesObject[],
  readLog: ReadLog,
): Entry | undefined {
  const last =
    valueAt(status, 'lastState', 'terminated') ??
    valueAt(status, 'state', 'terminated');
  const isLooping =
    textAt(status, 'state', 'waiting', 'reason') === 'CrashLoopBackOff';
  const restarts = countAt(status, 'restartCount') ?? 0;
  const exitCode = countAt(last, 'exitCode');
  // An init container that is done has ended too.
  const isDone = restarts === 0 && exitCode === 0;
  if (status.ready === true || isDone) return undefined;
  if (last === undefined && !isLooping) return undefined;
  const how = {
    isFatal: isLooping || restarts >= maxRestarts,
    log: logOf(pod, name, last, readLog),
  };
  const killed = killedBy(name, events);
  if (killed !== undefined && (exitCode ?? 0) > 128 && restarts > 0) {
    return causes.probeKilled(name, killed, restarts, how);
  }
  return textAt(last, 'reason') === 'OOMKilled'
    ? causes.containerOutOfMemory(
        name,
        textAt(spec, 'resources', 'limits', 'memory'),
        restarts,
        how,
      )
    : causes.containerCrashed(name, exitCode, restarts, how);
}

/** What the kubelet says where it ends a container whose probe fails: what the probe said is in an event of its own. */
function killedBy(
  container: string,
  events: readonly KubernetesObject[],
): string | undefined {
  const killing = events
    .filter(event => textAt(event, 'reason') === 'Killing')
    .map(event => textAt(event, 'message') ?? '')
    .filter(message => message.includes(`Container ${container} failed`))
    .at(-1);
  if (killing === undefined) return undefined;
  const unhealthy = events.findLast(
    event =>
      textAt(event, 'reason') === 'Unhealthy' &&
      /^(?:Liveness|Startup)/.test(textAt(event, 'message') ?? ''),
  );
  return (unhealthy && textAt(unhealthy, 'message')) ?? killing;
}

/** What was read of its log; else what it left as its termination message. */
function logOf(
  pod: KubernetesObject,
  container: string,
  last: unknown,
  readLog: ReadLog,
): readonly string[] {
  const lines = readLog(pod, container);
  const kept =
    lines.length > 0 ? lines : (textAt(last, 'message') ?? '').split('\n');
  return kept.filter(line => line.trim() !== '').slice(-maxLogLines);
}
