import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ObjectChange } from '../../cluster/cluster';
import { createHealthContext, timeOfEvent } from '../health/health-context';
import type { HealthContext } from '../health/health-context';
import { mapsAt, textAt, valueAt } from '../health/object-fields';

/** As in {@link createHealthContext}: the first of them tell enough. */
const maxOwned = 250;
const maxEvents = 100;
/** From a pod over its ReplicaSet to a Deployment, and one more. */
const maxOwners = 4;

/**
 * What a rollout knows of the objects of its namespace, kept up to date change by change. A change costs time for the
 * object that it is about, however many there are; what is known depends on the last state of each object alone, not on
 * the order in which changes of several came.
 */
export class RolloutObjects {
  readonly #held = new Map<string, KubernetesObject>();
  /** By kind and owner, each by its own key. */
  readonly #owned = new Map<string, Map<string, KubernetesObject>>();
  /** By the object that they are about, each by its own key. */
  readonly #events = new Map<string, Map<string, KubernetesObject>>();
  readonly #classes: readonly KubernetesObject[];

  /** @param classes the storage classes of the cluster, where they could be read. */
  constructor(classes: readonly KubernetesObject[] = []) {
    this.#classes = classes;
  }

  /** @returns keys of the objects that the change tells of: the object's own, and those of its owners. */
  apply(kind: string, change: ObjectChange): ReadonlySet<string> {
    const touched = new Set<string>();
    switch (change.kind) {
      case 'changed':
        this.#put(change.object, touched);
        break;
      case 'removed':
        this.#remove(keyOf(change.object), touched);
        break;
      default: {
        const there = new Set(change.objects.map(keyOf));
        for (const key of this.#held.keys()) {
          if (kindOf(key) === kind && !there.has(key)) {
            this.#remove(key, touched);
          }
        }
        for (const object of change.objects) this.#put(object, touched);
      }
    }
    return touched;
  }

  /** The object as it was seen last; undefined: it is not there. */
  get(key: string): KubernetesObject | undefined {
    return this.#held.get(key);
  }

  /** What stands around an object at a moment. */
  context(now: Date): HealthContext {
    const classes = createHealthContext(this.#classes, now);
    return {
      now,
      ownedBy: (owner, kind) =>
        sorted(this.#owned.get(`${kind} ${ownerKey(owner)}`)).slice(
          0,
          maxOwned,
        ),
      eventsOf: object => this.#eventsOf(keyOf(object)),
      storageClassOf: claim => classes.storageClassOf(claim),
    };
  }

  #put(object: KubernetesObject, touched: Set<string>): void {
    const key = keyOf(object);
    const before = this.#held.get(key);
    if (before !== undefined && isOlder(object, before)) return;
    this.#remove(key, touched);
    this.#held.set(key, object);
    if (object.kind === 'Event') {
      entry(this.#events, aboutKey(object)).set(key, object);
    }
    for (const owner of ownerKeys(object)) {
      entry(this.#owned, `${object.kind} ${owner}`).set(key, object);
    }
    this.#touch(object, touched);
  }

  #remove(key: string, touched: Set<string>): void {
    const object = this.#held.get(key);
    if (object === undefined) return;
    this.#touch(object, touched);
    this.#held.delete(key);
    if (object.kind === 'Event') drop(this.#events, aboutKey(object), key);
    for (const owner of ownerKeys(object)) {
      drop(this.#owned, `${object.kind} ${owner}`, key);
    }
  }

  #touch(object: KubernetesObject, touched: Set<string>): void {
    let next =
      object.kind === 'Event' ? this.#held.get(aboutKey(object)) : object;
    for (let steps = 0; next !== undefined && steps < maxOwners; steps++) {
      const { metadata } = next;
      touched.add(keyOf(next));
      const owner = mapsAt(metadata, 'ownerReferences').find(
        ({ controller }) => controller !== false,
      );
      next =
        owner &&
        this.#held.get(
          objectKey(
            textAt(owner, 'kind'),
            metadata.namespace,
            textAt(owner, 'name'),
          ),
        );
    }
  }

  #eventsOf(about: string): readonly KubernetesObject[] {
    return sorted(this.#events.get(about))
      .map(event => ({ event, time: timeOfEvent(event)?.getTime() ?? 0 }))
      .sort((one, other) => one.time - other.time)
      .slice(-maxEvents)
      .map(({ event }) => event);
  }
}

/** Names an object within a rollout. Two groups have no kind of one name that matters here. */
export function keyOf({ kind, metadata }: KubernetesObject): string {
  return objectKey(kind, metadata.namespace, metadata.name);
}

function objectKey(
  kind: string | undefined,
  namespace: string | undefined,
  name: string | undefined,
): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

function aboutKey(event: KubernetesObject): string {
  const about = valueAt(event, 'involvedObject') ?? valueAt(event, 'regarding');
  return objectKey(
    textAt(about, 'kind'),
    textAt(about, 'namespace') ?? event.metadata.namespace,
    textAt(about, 'name'),
  );
}

/** By uid: one of this name may have been another, which is gone. */
function ownerKey(owner: KubernetesObject): string {
  return textAt(owner.metadata, 'uid') ?? keyOf(owner);
}

function ownerKeys({ metadata }: KubernetesObject): string[] {
  return mapsAt(metadata, 'ownerReferences')
    .filter(({ controller }) => controller !== false)
    .map(
      owner =>
        textAt(owner, 'uid') ??
        objectKey(
          textAt(owner, 'kind'),
          metadata.namespace,
          textAt(owner, 'name'),
        ),
    );
}

/**
 * Whether a change tells of an earlier state of the same object, as after a connection was resumed. Resource versions are
 * numbers that grow (KEP-5504); where one is none, the later change is the newer.
 */
function isOlder(object: KubernetesObject, held: KubernetesObject): boolean {
  const version = (of: KubernetesObject) =>
    Number(textAt(of.metadata, 'resourceVersion') ?? NaN);
  return (
    object.metadata.uid === held.metadata.uid && version(object) < version(held)
  );
}

/** By name, so that what is told does not depend on what came first. */
function sorted(
  found: ReadonlyMap<string, KubernetesObject> | undefined,
): KubernetesObject[] {
  return [...(found?.values() ?? [])].sort((one, other) =>
    one.metadata.name < other.metadata.name ? -1 : 1,
  );
}

function entry(
  map: Map<string, Map<string, KubernetesObject>>,
  key: string,
): Map<string, KubernetesObject> {
  const found = map.get(key) ?? new Map<string, KubernetesObject>();
  if (found.size === 0) map.set(key, found);
  return found;
}

function drop(
  map: Map<string, Map<string, KubernetesObject>>,
  key: string,
  entryKey: string,
): void {
  const found = map.get(key);
  found?.delete(entryKey);
  if (found?.size === 0) map.delete(key);
}
