import type { KubeApi } from './api/kube-api';
import type { Pod } from './pod/pod';

/** An Event about a pod. */
export interface PodEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{web}` */
  readonly fieldPath?: string;
}

interface Recorded {
  readonly path: string;
  count: number;
}

/** Writes Events as the kubelet does: the same one again raises the count of the first. */
export class EventRecorder {
  private readonly recorded = new Map<string, Recorded>();
  private last: Promise<void> = Promise.resolve();
  private sequence = 0;

  constructor(private readonly api: KubeApi, private readonly node: string) {}

  /** In the order of the calls, and not waited for. An Event that the server refuses is lost: its namespace is going. */
  record(pod: Pod, event: PodEvent): void {
    const time = new Date();
    this.last = this.last
      .then(() => this.write(pod, event, time))
      .catch(() => {});
  }

  private async write(pod: Pod, event: PodEvent, time: Date): Promise<void> {
    const { uid, namespace } = pod.metadata;
    const key = JSON.stringify([uid, event]);
    const earlier = this.recorded.get(key);
    const at = toSeconds(time);
    if (earlier) {
      const count = earlier.count + 1;
      await this.api.patch(
        earlier.path,
        { count, lastTimestamp: at },
        'merge-patch',
      );
      earlier.count = count;
      return;
    }
    const events = `/api/v1/namespaces/${namespace}/events`;
    this.sequence += 1;
    const unique = `${time.getTime().toString(16)}${this.sequence.toString(
      16,
    )}`;
    const name = `${pod.metadata.name}.${unique}`;
    await this.api.create(events, toEvent(pod, event, this.node, name, at));
    this.recorded.set(key, { path: `${events}/${name}`, count: 1 });
  }
}

function toEvent(
  { metadata }: Pod,
  { type, reason, message, fieldPath }: PodEvent,
  node: string,
  name: string,
  at: string,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: metadata.namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      fieldPath,
    },
    type,
    reason,
    // The API server takes no longer one.
    message: message.slice(0, 1024),
    source: { component: 'kubelet', host: node },
    reportingComponent: 'kubelet',
    reportingInstance: node,
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}

/** The API's times have no fractions. */
export function toSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
