import type { Cluster } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  conditionThat,
  conditionsOf,
  mapsAt,
  textAt,
  valueAt,
} from '../health/object-fields';
import { explainSilence } from './explain-silence';
import { podLabel } from './live-objects';
import { namespaceOf } from './live-place';
import { shownLogLines, toLogLines } from './log-lines';

/** The end of a log. */
export interface LiveLog {
  /** Absent: there is no pod. */
  readonly pod?: string;
  readonly container?: string;
  /** Oldest first, at most 40; none where nothing was written yet. */
  readonly lines: string[];
}

/** Which log is meant. */
export interface ReadLiveLogOptions {
  readonly cluster: Cluster;
  readonly component: string;
  readonly environment: string;
  /** Template; default `{component}-{environment}`. */
  readonly namespace?: string;
}

/**
 * The last lines of what runs of a component: of the newest pod, and of its run before where it is not running now. Two
 * calls. What looks like a secret is left out.
 *
 * @throws DojoError as {@link explainSilence} words them; the signal's reason.
 */
export async function readLiveLog(
  options: ReadLiveLogOptions,
  signal: AbortSignal,
): Promise<LiveLog> {
  const { cluster, component, environment } = options;
  const template = options.namespace ?? '{component}-{environment}';
  const namespace = namespaceOf(template, { component, environment });
  try {
    const pods = await cluster.list(
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace, labels: `${podLabel}=${component}` },
      signal,
    );
    const pod = newestOf(pods);
    if (pod === undefined) return { lines: [] };
    const statuses = mapsAt(pod, 'status', 'containerStatuses');
    const status =
      statuses.find(({ name }) => name === component) ?? statuses[0];
    const container = textAt(status, 'name');
    const { name } = pod.metadata;
    if (container === undefined) return { pod: name, lines: [] };
    const previous =
      valueAt(status, 'state', 'waiting') !== undefined &&
      valueAt(status, 'lastState', 'terminated') !== undefined;
    const lines = await cluster.readLog(
      { namespace, pod: name, container, previous },
      shownLogLines,
      signal,
    );
    return { pod: name, container, lines: toLogLines(lines, shownLogLines) };
  } catch (error) {
    signal.throwIfAborted();
    throw explainSilence(environment, error);
  }
}

/** One that is not ready is what somebody asks about; of several the one that was made last. */
function newestOf(
  pods: readonly KubernetesObject[],
): KubernetesObject | undefined {
  const rank = (pod: KubernetesObject) =>
    `${conditionThat(conditionsOf(pod), 'Ready', 'True') ? 0 : 1} ${
      textAt(pod.metadata, 'creationTimestamp') ?? ''
    }`;
  return pods
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(pod => ({ pod, rank: rank(pod) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .at(-1)?.pod;
}
