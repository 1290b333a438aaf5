import { createHash } from 'node:crypto';
import type { ObjectKind } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';

/** Labels and annotations of an ApplySet (KEP-3659), so that kubectl knows the set too. */
const label = {
  id: 'applyset.kubernetes.io/id',
  partOf: 'applyset.kubernetes.io/part-of',
} as const;
const annotation = {
  tooling: 'applyset.kubernetes.io/tooling',
  kinds: 'applyset.kubernetes.io/contains-group-kinds',
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
  /** With versions, which the annotation of the ApplySet has not: `apps/v1 Deployment, v1 Service`. */
  versions: 'dojo/kinds',
  /** Hash of the plan that is carried out, or was. */
  plan: 'dojo/plan',
  /** Hashes of what the plan does to single objects: with them what is left of it is told from what has drifted since. */
  parts: 'dojo/plan-parts',
  /** Commit of the infra repository that the plan brings to the cluster. */
  landed: 'dojo/landed',
  /** Hash of the last plan that was carried out to its end. */
  finished: 'dojo/finished-plan',
} as const;

/** `<tool>/<version>`, as the KEP wants it; the version is that of this form of the record. */
const tooling = 'dojo-portal/v1';
const maxKinds = 500;
/** As many as the annotations of one object hold. */
const maxParts = 10_000;

/** A set of objects: those that one overlay makes. Its record is a ConfigMap in their namespace. */
export interface ApplySet {
  readonly component: string;
  readonly namespace: string;
}

/** What the record of a set says. */
export interface SetRecord {
  /** Kinds of which the set has, or may have, objects. */
  readonly kinds: readonly ObjectKind[];
  readonly plan?: string;
  /** What the plan does to single objects, each by its hash; of one that is carried out it is not kept. */
  readonly parts?: readonly string[];
  /** Commit of the infra repository that the plan brings to the cluster. */
  readonly landed?: string;
  readonly finished?: string;
}

/** Name of the set's record. */
export function recordName({ component }: Pick<ApplySet, 'component'>): string {
  return `dojo-${component}`;
}

/** The id of a set: `applyset-<SHA-256 of name.namespace.kind.group of its record>-v1`. */
export function applySetId(set: ApplySet): string {
  const hash = createHash('sha256')
    .update(`${recordName(set)}.${set.namespace}.ConfigMap.`)
    .digest('base64url');
  return `applyset-${hash}-v1`;
}

/** The selector of the objects of a set. */
export function memberSelector(set: ApplySet): string {
  return `${label.partOf}=${applySetId(set)}`;
}

/** Whether an object says that it belongs to the set. */
export function isMember(
  { metadata }: KubernetesObject,
  set: ApplySet,
): boolean {
  return metadata.labels?.[label.partOf] === applySetId(set);
}

/** Whether an object is the record of the set. */
export function isRecord(
  { apiVersion, kind, metadata }: KubernetesObject,
  set: ApplySet,
): boolean {
  return (
    apiVersion === 'v1' &&
    kind === 'ConfigMap' &&
    metadata.name === recordName(set)
  );
}

/** The object with the label of its set: at the object itself, and never at a template or a selector. */
export function markMember(
  object: KubernetesObject,
  set: ApplySet,
): KubernetesObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      namespace: set.namespace,
      labels: { ...metadata.labels, [label.partOf]: applySetId(set) },
    },
  };
}

/** The record as it is applied. */
export function toRecord(set: ApplySet, record: SetRecord): KubernetesObject {
  const kinds = sortedKinds(record.kinds);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(set),
      namespace: set.namespace,
      // With the label of the members it is in their list, and no request of its own.
      labels: { [label.id]: applySetId(set), [label.partOf]: applySetId(set) },
      annotations: {
        [annotation.tooling]: tooling,
        [annotation.kinds]: [...new Set(kinds.map(groupKind))].join(','),
        [annotation.namespaces]: '',
        [annotation.versions]: kinds
          .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)
          .join(', '),
        ...(record.plan !== undefined && { [annotation.plan]: record.plan }),
        ...(record.parts !== undefined && {
          [annotation.parts]: record.parts.join(','),
        }),
        ...(record.landed !== undefined && {
          [annotation.landed]: record.landed,
        }),
        ...(record.finished !== undefined && {
          [annotation.finished]: record.finished,
        }),
      },
    },
  };
}

/** Reads a record that lives. What a person wrote there and is no kind is left out. */
export function readRecord({ metadata }: KubernetesObject): SetRecord {
  const { annotations = {} } = metadata;
  const plan = annotations[annotation.plan];
  const parts = annotations[annotation.parts];
  const landed = annotations[annotation.landed];
  const finished = annotations[annotation.finished];
  return {
    kinds: (annotations[annotation.versions] ?? '')
      .split(', ')
      .slice(0, maxKinds)
      .flatMap(text => {
        const match =
          /^((?:[a-z0-9.-]{1,253}\/)?[a-z0-9]{1,63}) ([A-Za-z0-9]{1,63})$/.exec(
            text,
          );
        return match ? [{ apiVersion: match[1], kind: match[2] }] : [];
      }),
    ...(plan !== undefined && { plan }),
    ...(parts !== undefined && {
      parts: parts.split(',', maxParts).filter(part => part !== ''),
    }),
    ...(landed !== undefined && { landed }),
    ...(finished !== undefined && { finished }),
  };
}

/** Each kind once, in the order of their names. */
export function sortedKinds(kinds: readonly ObjectKind[]): ObjectKind[] {
  const byName = new Map(
    kinds.map(({ apiVersion, kind }) => [
      `${kind} ${apiVersion}`,
      { apiVersion, kind },
    ]),
  );
  return [...byName.keys()].sort().map(name => byName.get(name)!);
}

/** `Deployment.apps`, `Service` */
function groupKind({ apiVersion, kind }: ObjectKind): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? kind : `${kind}.${apiVersion.slice(0, slash)}`;
}
