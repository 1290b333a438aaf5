import type { KubernetesObject } from '../../cluster/kubernetes-object';

/** Part of a manifest: whatever others wrote there. */
export type Fields = Readonly<Record<string, unknown>>;

/** A container of a pod, and where it stands in its object. */
export interface Container {
  readonly name: string;
  readonly fields: Fields;
  readonly path: readonly (string | number)[];
}

/** An object that runs pods. */
export interface Workload {
  readonly object: KubernetesObject;
  readonly spec: Fields;
  /** Labels of its pods. */
  readonly podLabels: Fields;
  readonly pod: Fields;
  /** From the object's root to the pod's spec. */
  readonly podPath: readonly string[];
  /** Init containers first. */
  readonly containers: readonly Container[];
}

const template = ['spec', 'template', 'spec'];
const podPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ['DaemonSet', template],
  ['Deployment', template],
  ['Job', template],
  ['Pod', ['spec']],
  ['ReplicaSet', template],
  ['ReplicationController', template],
  ['StatefulSet', template],
]);
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'];

/** The objects that run pods, read as far as they are what the API expects; the rest is the API server's to refuse. */
export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects.flatMap(object => {
    const podPath = podPaths.get(object.kind);
    if (podPath === undefined) return [];
    const pod = fieldsAt(object, podPath);
    const metadata = fieldsAt(object, [...podPath.slice(0, -1), 'metadata']);
    return [
      {
        object,
        spec: toFields(object.spec),
        podLabels: toFields(metadata.labels),
        pod,
        podPath,
        containers: containerLists.flatMap(list =>
          toList(pod[list]).map((item, index) => {
            const fields = toFields(item);
            return {
              name: String(fields.name ?? index),
              fields,
              path: [...podPath, list, index],
            };
          }),
        ),
      },
    ];
  });
}

/** An object's fields; none where it is something else. */
export function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** A list's items; none where it is something else. */
export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The fields at a path; none where there is nothing. */
export function fieldsAt(value: unknown, path: readonly string[]): Fields {
  return toFields(path.reduce<unknown>((at, key) => toFields(at)[key], value));
}
