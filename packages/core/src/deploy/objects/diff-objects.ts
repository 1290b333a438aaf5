import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import { diffFields } from './diff-fields';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { hideValues, showValues } from './show-values';

/** How much of a difference is shown; what is more is counted in `omitted`. */
export interface DiffLimits {
  /** Fields of one object; default 200. */
  readonly maxFields: number;
  /** Fields of all objects; default 5,000. */
  readonly maxAllFields: number;
  /** Characters of a value; default 300. */
  readonly maxValueLength: number;
}

const defaultLimits: DiffLimits = {
  maxFields: 200,
  maxAllFields: 5_000,
  maxValueLength: 300,
};

/**
 * What changes between two sets of objects, in time linear in their size. An object is the same one if group, kind,
 * namespace and name are; of a list that the API server keeps by key (containers, ports, variables, volumes) an entry is
 * the same one if its key is. A new object is told with all its fields, one that goes without.
 *
 * Never shown are: values of a Secret, whatever field they stand in; annotations that hold a whole object; values of
 * variables, keys of ConfigMaps and fields whose name says that they are secret; passwords in addresses. That they differ
 * is told. Status, managed fields and what else is the API server's own is not compared.
 */
export function diffObjects(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
  limits: Partial<DiffLimits> = {},
): ObjectDiff[] {
  const { maxFields, maxAllFields, maxValueLength } = {
    ...defaultLimits,
    ...limits,
  };
  const known = byIdentity(before);
  const wanted = byIdentity(after);
  let left = maxAllFields;
  const diffs: ObjectDiff[] = [];
  for (const [id, object] of wanted) {
    const former = known.get(id);
    const fields: ObjectDiff['fields'] = [];
    let omitted = 0;
    for (const { path, before: one, after: other, isHidden } of diffFields(
      former,
      object,
    )) {
      if (fields.length >= maxFields || left === 0) omitted++;
      else {
        const shown = isHidden
          ? hideValues(one, other)
          : showValues(one, other, maxValueLength);
        fields.push({ path, ...shown });
        left--;
      }
    }
    if (former === undefined || fields.length + omitted > 0) {
      const change = former === undefined ? 'created' : 'changed';
      diffs.push({ object: identityOf(object), change, fields, omitted });
    }
  }
  for (const [id, object] of known) {
    if (!wanted.has(id)) {
      diffs.push({
        object: identityOf(object),
        change: 'removed',
        fields: [],
        omitted: 0,
      });
    }
  }
  return diffs;
}

function byIdentity(
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, KubernetesObject> {
  const map = new Map<string, KubernetesObject>();
  const counts = new Map<string, number>();
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const id = JSON.stringify([
      groupOf(apiVersion),
      kind,
      metadata.namespace ?? '',
      metadata.name,
    ]);
    // One that stands twice is compared with the one that stands twice.
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    map.set(count === 0 ? id : `${id}${count}`, object);
  }
  return map;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function identityOf({
  apiVersion,
  kind,
  metadata: { name, namespace },
}: KubernetesObject): ObjectDiff['object'] {
  return {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
  };
}
