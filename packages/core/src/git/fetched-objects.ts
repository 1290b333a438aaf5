import { gitErrors } from './git-errors';
import { parseObject } from './git-objects';
import type { ObjectFormat, ObjectType, ParsedObject } from './git-objects';
import type { FetchRequest, GitRemote } from './git-remote';
import { ObjectStore } from './object-store';
import type { TemporaryRepository } from './temporary-repository';
import type { SizedTreeSource } from './tree-folder';

/** Objects by id: those that are here, after a fetch of those that are not. */
export class FetchedObjects implements SizedTreeSource {
  readonly format: ObjectFormat;
  readonly #display: string;
  readonly #remote: GitRemote;
  readonly #store: ObjectStore;

  constructor(
    display: string,
    remote: GitRemote,
    { folder, gitDir }: TemporaryRepository,
    format: ObjectFormat,
  ) {
    this.format = format;
    this.#display = display;
    this.#remote = remote;
    this.#store = new ObjectStore({ folder, gitDir, display, format });
  }

  /** Trees and blobs, with one fetch for all that are missing. */
  async readObjects(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[]> {
    await this.#ensure(oids, what, { kind: 'all', unshallow: false }, signal);
    const objects = await this.#store.read(oids, signal);
    return objects.map(object => object!.body);
  }

  /** Their sizes, with one fetch for all that are missing. */
  async readSizes(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<number[]> {
    await this.#ensure(oids, what, { kind: 'all', unshallow: false }, signal);
    return this.#store.readSizes(oids, signal);
  }

  /** Objects as {@link readObjects} reads them, unless all of them together are larger: their bytes are then not read, and the answer is undefined. */
  async readObjectsBelow(
    maxBytes: number,
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[] | undefined> {
    await this.#ensure(oids, what, { kind: 'all', unshallow: false }, signal);
    const sizes = await this.#store.readSizes(oids, signal);
    const size = sizes.reduce((sum, each) => sum + each, 0);
    return size > maxBytes ? undefined : this.readObjects(oids, what, signal);
  }

  /** Commits or tags, with one fetch for all that are missing; of history, only they come. */
  async fetchParsed(
    oids: readonly string[],
    type: 'commit' | 'tag',
    what: string,
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    await this.#ensure(oids, what, { kind: 'depth', depth: 1 }, signal);
    return this.readParsed(oids, type, what, signal);
  }

  /** Commits or tags that are here. */
  async readParsed(
    oids: readonly string[],
    type: 'commit' | 'tag',
    what: string,
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    const objects = await this.#store.read(oids, signal);
    return objects.map((object, index) => {
      if (object?.type === type) return parseObject(object.body);
      throw gitErrors.objectMissing(this.#display, `${what} (${oids[index]})`);
    });
  }

  /** Writes an object. @returns its id. */
  write(type: ObjectType, body: Buffer): Promise<string> {
    return this.#store.write(type, body);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #ensure(
    oids: readonly string[],
    what: string,
    history: FetchRequest['history'],
    signal: AbortSignal,
  ): Promise<void> {
    const missing = await this.#store.readMissing(oids, signal);
    if (missing.length === 0) return;
    await this.#remote.fetch({ wants: missing, history }, signal);
    const [left] = await this.#store.readMissing(missing, signal);
    if (left !== undefined) {
      throw gitErrors.objectMissing(this.#display, `${what} (${left})`);
    }
  }
}
