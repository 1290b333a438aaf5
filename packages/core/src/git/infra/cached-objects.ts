import { encodeObject, formatOf, parseObject } from '../objects/git-objects';
import type { ObjectFormat } from '../objects/git-objects';
import type { CachedObject, ObjectCache } from './object-cache';
import type { CommitObjects } from './remote-objects';

/** Options of {@link CachedObjects}. */
export interface CachedObjectsOptions {
  /** Whose objects: who may read one repository may not read another. */
  readonly repository: string;
  readonly remote: CommitObjects;
  readonly cache: ObjectCache;
}

/** Bytes of objects that one reader holds, so that each is read and compared once. */
const maxHeldBytes = 32 * 1024 * 1024;
const filesAtOnce = 32;

/** Objects that others read before come from a cache, and only the rest from the remote: then it is not even asked. */
export class CachedObjects implements CommitObjects {
  readonly format: ObjectFormat;
  /** Whether there is more in the cache now. */
  hasKept = false;
  readonly #options: CachedObjectsOptions;
  readonly #held = new Map<string, CachedObject>();
  #heldBytes = 0;

  constructor(options: CachedObjectsOptions) {
    this.format = options.remote.format;
    this.#options = options;
  }

  async readRoots(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { remote } = this.#options;
    const found = await this.#lookUp(commits, signal);
    const missing = commits.filter(oid => found.get(oid)?.type !== 'commit');
    if (missing.length > 0) {
      // Fetches the commits without their history; they are here then, and their bytes can be kept.
      await remote.readRoots(missing, signal);
      const bodies = await remote.readObjects(missing, 'a commit', signal);
      await this.#keep(missing, bodies);
      missing.forEach((oid, index) => {
        found.set(oid, { type: 'commit', body: bodies[index] });
      });
    }
    return commits.map(
      oid => parseObject(found.get(oid)!.body).headers.get('tree')!,
    );
  }

  async readSizes(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<number[]> {
    const found = await this.#lookUp(oids, signal);
    const missing = oids.filter(oid => !found.has(oid));
    const sizes =
      missing.length === 0
        ? []
        : await this.#options.remote.readSizes(missing, what, signal);
    const sizeOf = new Map(missing.map((oid, index) => [oid, sizes[index]]));
    return oids.map(oid => sizeOf.get(oid) ?? found.get(oid)!.body.length);
  }

  async readObjects(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[]> {
    const found = await this.#lookUp(oids, signal);
    const missing = [...new Set(oids.filter(oid => !found.has(oid)))];
    if (missing.length === 0) return oids.map(oid => found.get(oid)!.body);
    const { remote } = this.#options;
    const bodies = await remote.readObjects(missing, what, signal);
    await this.#keep(missing, bodies);
    const bodyOf = new Map(missing.map((oid, index) => [oid, bodies[index]]));
    return oids.map(oid => bodyOf.get(oid) ?? found.get(oid)!.body);
  }

  async readObjectsBelow(
    maxBytes: number,
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[] | undefined> {
    const sizes = await this.readSizes(oids, what, signal);
    const all = sizes.reduce((sum, size) => sum + size, 0);
    return all > maxBytes ? undefined : this.readObjects(oids, what, signal);
  }

  /** Those that are held or kept, by id. */
  async #lookUp(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, CachedObject>> {
    const { cache, repository } = this.#options;
    const found = new Map<string, CachedObject>();
    const open: string[] = [];
    for (const oid of new Set(oids)) {
      const held = this.#held.get(oid);
      if (held) found.set(oid, held);
      else open.push(oid);
    }
    for (let start = 0; start < open.length; start += filesAtOnce) {
      signal.throwIfAborted();
      const some = open.slice(start, start + filesAtOnce);
      const objects = await Promise.all(
        some.map(oid => cache.read(repository, oid)),
      );
      objects.forEach((object, index) => {
        if (object === undefined) return;
        found.set(some[index], object);
        this.#hold(some[index], object);
      });
    }
    return found;
  }

  async #keep(
    oids: readonly string[],
    bodies: readonly Buffer[],
  ): Promise<void> {
    const { cache, repository } = this.#options;
    for (const [index, oid] of oids.entries()) {
      const object = typed(oid, bodies[index]);
      if (object === undefined) continue;
      await cache.keep(repository, object, oid);
      this.#hold(oid, object);
      this.hasKept = true;
    }
  }

  #hold(oid: string, object: CachedObject): void {
    if (this.#heldBytes + object.body.length > maxHeldBytes) return;
    this.#heldBytes += object.body.length;
    this.#held.set(oid, object);
  }
}

/** The kind of object that has these bytes and this id. */
function typed(oid: string, body: Buffer): CachedObject | undefined {
  const types = ['blob', 'tree', 'commit'] as const;
  const type = types.find(
    each => encodeObject(each, body, formatOf(oid)).oid === oid,
  );
  return type && { type, body };
}
