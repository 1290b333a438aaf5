import { setTimeout as wait } from 'node:timers/promises';
import type { KubeApi } from './kube-api';
import { KubeRefusal } from './kube-api';
import type { KubeObject } from './kube-objects';

/** What a follower tells. */
export interface ObjectListener<T> {
  changed(object: T): void;
  removed?(object: T): void;
}

/** All objects of a query, as the API server last told. */
export interface FollowedObjects<T> {
  readonly all: Iterable<T>;
  /** Resolves when the first list is there. */
  readonly listed: Promise<void>;
}

interface ObjectList<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

/** Milliseconds between a connection that ended and the next. */
const pause = 50;

/**
 * Lists and watches until the signal aborts. A cut watch goes on where it was; where that is no longer known (410) everything
 * is listed again, and what is no longer there is told as removed.
 */
export function followObjects<T extends KubeObject>(
  api: Pick<KubeApi, 'list' | 'watch'>,
  query: { readonly path: string; readonly fields?: string },
  listener: ObjectListener<T>,
  signal: AbortSignal,
): FollowedObjects<T> {
  const known = new Map<string, T>();
  let version: string | undefined;
  let tellListed: () => void;
  const listed = new Promise<void>(resolve => {
    tellListed = resolve;
  });
  const tell = (work: () => void) => {
    try {
      work();
    } catch (error) {
      // No reason to lose the changes that follow.
      process.emitWarning(`${query.path}: ${error}`);
    }
  };
  const remove = (object: T) => {
    known.delete(object.metadata.uid);
    tell(() => listener.removed?.(object));
  };
  const change = (object: T) => {
    known.set(object.metadata.uid, object);
    tell(() => listener.changed(object));
  };
  const toPath = (more: Record<string, string>) => {
    const fields: Record<string, string> = query.fields
      ? { fieldSelector: query.fields }
      : {};
    return `${query.path}?${new URLSearchParams({ ...fields, ...more })}`;
  };
  const list = async () => {
    const found = await api.list<ObjectList<T>>(toPath({}));
    const uids = new Set(found.items.map(({ metadata }) => metadata.uid));
    for (const old of [...known.values()]) {
      if (!uids.has(old.metadata.uid)) remove(old);
    }
    found.items.forEach(change);
    tellListed();
    return found.metadata.resourceVersion;
  };
  const watch = async (from: string) => {
    const path = toPath({
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: from,
    });
    for await (const { type, object } of api.watch(path)) {
      // Too old, or something else that a new list heals.
      if (type === 'ERROR') {
        version = undefined;
        return;
      }
      const seen = object as T;
      version = seen.metadata.resourceVersion;
      if (type === 'DELETED') remove(seen);
      else if (type !== 'BOOKMARK') change(seen);
    }
  };
  const run = async () => {
    while (!signal.aborted) {
      try {
        version ??= await list();
        await watch(version);
      } catch (error) {
        if (error instanceof KubeRefusal) version = undefined;
      }
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  };
  void run();
  return {
    listed,
    get all() {
      return known.values();
    },
  };
}
