import type { HealthContext } from '../health/health-context';
import {
  countAt,
  mapsAt,
  textAt,
  timeAt,
  valueAt,
} from '../health/object-fields';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { PlainMap } from '../objects/plain-value';
import type { FailureCause, FailureCode } from '../rollout/failure-cause';
import { toPrintable } from '../../text/to-printable';
import { crashLogLines, toLogLines } from './log-lines';

/** Seconds for which a pod may come up before its events are read. */
export const patientSeconds = 20;

/** Causes that are about runs of a container. */
const ofRuns: ReadonlySet<FailureCode> = new Set([
  'CONTAINER_CRASHED',
  'CONTAINER_OUT_OF_MEMORY',
  'PROBE_FAILED',
] as const);

/** Why an environment is not as it should be, as a page tells it. */
export interface LiveCause {
  readonly code: string;
  /** What the version does, without a subject, a full stop and the numbers that stand beside: `exits at start`. */
  readonly sentence: string;
  readonly hint: string;
  /** `Pod/ledger-staging/ledger-7d4c9-x` */
  readonly object?: string;
  readonly since: string;
  readonly exitCode?: number;
  readonly restarts?: number;
  readonly log?: readonly string[];
}

/** Seconds after which a run that ended was no start any more. */
const startSeconds = 60;

/**
 * A cause of a rollout in the words of the page, where the version is the subject.
 *
 * @param pod that it is of; absent: it is of none. @param since when it was seen first.
 */
export function toLiveCause(
  cause: FailureCause,
  pod: KubernetesObject | undefined,
  since: Date,
): LiveCause {
  const status = pod && endedStatus(pod);
  const ended = status && endOf(status);
  const exitCode = countAt(ended, 'exitCode');
  const restarts = countAt(status, 'restartCount');
  const isOfRun = ended !== undefined && ofRuns.has(cause.code);
  // A probe's code is that of the signal which ended the container.
  const tellsCode = isOfRun && cause.code !== 'PROBE_FAILED';
  return {
    code: cause.code,
    sentence: sentenceOf(cause, ended, pod),
    hint: cause.hint,
    ...(cause.object !== '' && { object: cause.object }),
    since: (cause.since ?? since).toISOString(),
    ...(tellsCode && exitCode !== undefined && { exitCode }),
    ...(isOfRun && restarts !== undefined && restarts > 0 && { restarts }),
    ...(cause.log !== undefined &&
      cause.log.length > 0 && { log: toLogLines(cause.log, crashLogLines) }),
  };
}

/** The sentence with its numbers: `exits at start (code 1, 2 restarts)`. */
export function wholeSentence({
  sentence,
  exitCode,
  restarts,
}: Pick<LiveCause, 'sentence' | 'exitCode' | 'restarts'>): string {
  const numbers = [
    ...(exitCode === undefined ? [] : [`code ${exitCode}`]),
    ...(restarts === undefined ? [] : [count(restarts)]),
  ];
  return numbers.length === 0
    ? sentence
    : `${sentence} (${numbers.join(', ')})`;
}

/**
 * A cause in the same words, where nothing but itself is known, and without what a container wrote: `exits at start`. Also
 * who may read no log reads this.
 */
export function shortCause(
  cause: Pick<FailureCause, 'code' | 'sentence'>,
): string {
  return sentenceOf(cause, undefined, undefined);
}

function sentenceOf(
  { code, sentence }: Pick<FailureCause, 'code' | 'sentence'>,
  ended: unknown,
  pod: KubernetesObject | undefined,
): string {
  switch (code) {
    case 'CONTAINER_CRASHED':
      return howItEnds(ended);
    case 'CONTAINER_OUT_OF_MEMORY': {
      const limit = memoryLimit(pod);
      return limit === undefined
        ? 'runs out of memory'
        : `runs out of its ${limit} of memory`;
    }
    case 'PROBE_FAILED':
      return 'does not answer its probe';
    case 'IMAGE_NOT_FOUND':
      return `cannot start: its image is not in ${registryOf(sentence)}`;
    case 'IMAGE_DENIED':
      return `cannot start: the cluster may not pull its image from ${registryOf(
        sentence,
      )}`;
    case 'IMAGE_NAME_INVALID':
      return 'cannot start: the name of its image is not valid';
    case 'IMAGE_PULL_FAILED':
      return `cannot start: its image cannot be pulled from ${registryOf(
        sentence,
      )}`;
    case 'IMAGE_RATE_LIMITED':
      return `cannot start yet: ${registryOf(
        sentence,
      )} limits how often its image is pulled`;
    case 'DEADLINE_EXCEEDED':
      return 'did not come up within its deadline';
    default:
      return toPrintable(`cannot start: ${sentence}`);
  }
}

function howItEnds(ended: unknown): string {
  const from = timeAt(ended, 'startedAt');
  const to = timeAt(ended, 'finishedAt');
  if (from === undefined || to === undefined) return 'exits at start';
  const seconds = Math.round((to.getTime() - from.getTime()) / 1_000);
  return seconds <= startSeconds
    ? 'exits at start'
    : `exits after ${elapsed(seconds)}`;
}

function count(restarts: number): string {
  return restarts === 1 ? '1 restart' : `${restarts} restarts`;
}

/** `20 s`, `3 min`, `2 h` */
export function elapsed(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return seconds < 3_600
    ? `${Math.floor(seconds / 60)} min`
    : `${Math.floor(seconds / 3_600)} h`;
}

/** As failure-cause.ts words it: `image x cannot be pulled from ghcr.io: …`. */
function registryOf(sentence: string): string {
  return (
    / pulled from ([^\s:]+(?::\d+)?)/.exec(sentence)?.[1] ?? 'the registry'
  );
}

function memoryLimit(pod: KubernetesObject | undefined): string | undefined {
  const name = pod && textAt(endedStatus(pod), 'name');
  const container = mapsAt(pod, 'spec', 'containers').find(
    each => each.name === name,
  );
  return textAt(container, 'resources', 'limits', 'memory');
}

/** The container whose end is told of: the first that is not ready and has ended, init containers first. */
export function endedStatus(pod: KubernetesObject): PlainMap | undefined {
  return ['initContainerStatuses', 'containerStatuses']
    .flatMap(sort => mapsAt(pod, 'status', sort))
    .find(status => {
      const end = endOf(status);
      return (
        status.ready !== true &&
        end !== undefined &&
        !(
          countAt(end, 'exitCode') === 0 &&
          countAt(status, 'restartCount') === 0
        )
      );
    });
}

function endOf(status: PlainMap): unknown {
  return (
    valueAt(status, 'state', 'terminated') ??
    valueAt(status, 'lastState', 'terminated')
  );
}

/** Whether a pod's events, and the log of what ended in it, may tell more than its status does. */
export function asksForMore(
  pod: KubernetesObject,
  { now }: Pick<HealthContext, 'now'>,
): boolean {
  const { status, metadata } = pod;
  const isReady = mapsAt({ status }, 'status', 'conditions').some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  );
  if (isReady || metadata.deletionTimestamp !== undefined) return false;
  if (textAt(status, 'phase') === 'Succeeded') return false;
  const statuses = [
    ...mapsAt(status, 'initContainerStatuses'),
    ...mapsAt(status, 'containerStatuses'),
  ];
  const isBad = statuses.some(each => {
    const reason = textAt(each, 'state', 'waiting', 'reason') ?? '';
    return /^Err|Error$|BackOff$|^Invalid/.test(reason);
  });
  if (isBad || endedStatus(pod) !== undefined) return true;
  // It waits for a volume, a node, a probe: only events say for which.
  const created = timeAt(metadata, 'creationTimestamp');
  return (
    created !== undefined &&
    now.getTime() - created.getTime() >= patientSeconds * 1_000
  );
}
