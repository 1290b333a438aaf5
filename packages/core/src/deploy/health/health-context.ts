import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { mapsAt, textAt, timeAt, valueAt } from './object-fields';

/** What stands around an object when its health is judged. */
export interface HealthContext {
  /** Now: how long something waits is counted from it. */
  readonly now: Date;
  /** Objects that an object owns by a controller reference: pods of a ReplicaSet, ReplicaSets of a Deployment. */
  ownedBy(owner: KubernetesObject, kind: string): readonly KubernetesObject[];
  /** The class of a claim: the one that it names, or the default one; undefined: it is not among the objects. */
  storageClassOf(claim: KubernetesObject): KubernetesObject | undefined;
  /** Events about an object, the oldest first. */
  eventsOf(object: KubernetesObject): readonly KubernetesObject[];
}

/**
 * What is looked at of one owner and of one object: the first of them tell enough, and so a file in which thousands have one
 * name takes no longer than another.
 */
const maxOwned = 250;
const maxEvents = 100;

const isDefaultClass = 'storageclass.kubernetes.io/is-default-class';

/**
 * Looks objects up among those that were read together. Each is looked at once here, so that judging all of them takes
 * time linear in their number. What is not among them is not known: a Deployment without its pods is judged by itself.
 */
export function createHealthContext(
  objects: readonly KubernetesObject[],
  now: Date,
): HealthContext {
  const owned = new Map<string, KubernetesObject[]>();
  const events = new Map<string, KubernetesObject[]>();
  const classes = new Map<string, KubernetesObject>();
  let defaultClass: KubernetesObject | undefined;
  for (const object of objects) {
    const { kind, metadata } = object;
    for (const reference of mapsAt(metadata, 'ownerReferences')) {
      if (reference.controller === false) continue;
      const list = listOf(owned, ownerKey(kind, metadata.namespace, reference));
      if (list.length < maxOwned) list.push(object);
    }
    if (kind === 'StorageClass') {
      classes.set(metadata.name, object);
      if (textAt(metadata, 'annotations', isDefaultClass) === 'true') {
        defaultClass ??= object;
      }
    } else if (kind === 'Event') {
      const about =
        valueAt(object, 'involvedObject') ?? valueAt(object, 'regarding');
      const list = listOf(
        events,
        eventKey(
          textAt(about, 'kind'),
          textAt(about, 'namespace') ?? metadata.namespace,
          textAt(about, 'name'),
        ),
      );
      if (list.length < maxEvents) list.push(object);
    }
  }
  return {
    now,
    ownedBy: ({ kind: ownerKind, metadata }, kind) => {
      const { name, namespace, uid } = metadata;
      const found =
        owned.get(ownerKey(kind, namespace, { kind: ownerKind, name })) ?? [];
      // One of this name may have been another, which is gone.
      return found.filter(object =>
        mapsAt(object.metadata, 'ownerReferences').some(
          reference =>
            reference.kind === ownerKind &&
            reference.name === name &&
            (uid === undefined ||
              reference.uid === undefined ||
              reference.uid === uid),
        ),
      );
    },
    storageClassOf: claim => {
      const name = textAt(claim, 'spec', 'storageClassName');
      return name === undefined ? defaultClass : classes.get(name);
    },
    eventsOf: ({ kind, metadata }) => {
      const found = events.get(
        eventKey(kind, metadata.namespace, metadata.name),
      );
      // The API server lists them by name.
      return (found ?? [])
        .map(event => ({ event, time: timeOfEvent(event)?.getTime() ?? 0 }))
        .sort((one, other) => one.time - other.time)
        .map(({ event }) => event);
    },
  };
}

/** When an event was seen last; undefined: it does not tell. */
export function timeOfEvent(event: KubernetesObject): Date | undefined {
  return (
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event.metadata, 'creationTimestamp')
  );
}

function listOf<T>(map: Map<string, T[]>, key: string): T[] {
  const list = map.get(key) ?? [];
  if (list.length === 0) map.set(key, list);
  return list;
}

function ownerKey(
  kind: string,
  namespace: string | undefined,
  owner: { readonly kind?: unknown; readonly name?: unknown },
): string {
  return JSON.stringify([kind, namespace, owner.kind, owner.name]);
}

function eventKey(
  kind: string | undefined,
  namespace: string | undefined,
  name: string | undefined,
): string {
  return JSON.stringify([kind, namespace, name]);
}
