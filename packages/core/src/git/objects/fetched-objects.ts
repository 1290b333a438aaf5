import { gitErrors } from '../git-errors';
import { cutCommit, maxMessage, parseObject } from './git-objects';
import type { ObjectFormat, ObjectType, ParsedObject } from './git-objects';
import type { FetchRequest, GitRemote } from '../remote/git-remote';
import { ObjectStore } from './object-store';
import type { TemporaryRepository } from '../remote/temporary-repository';
import type { SizedTreeSource } from './tree-folder';

/** Bytes of all commits of a range as they are stored, and as far as they are kept. */
const maxCommitBytes = 256 * 1024 * 1024;
const maxKeptBytes = 64 * 1024 * 1024;
/** The notes of a release, and then some. */
const maxTagBytes = 4 * 1024 * 1024;
const batchBytes = 4 * 1024 * 1024;

function sum(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}

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
    return sum(sizes) > maxBytes
      ? undefined
      : this.readObjects(oids, what, signal);
  }

  /** Commits or tags, with one fetch for all that are missing; of history, only they come. */
  async fetchParsed(
    oids: readonly string[],
    type: 'commit' | 'tag',
    what: string,
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    await this.#ensure(oids, what, { kind: 'depth', depth: 1 }, signal);
    if (type === 'commit') return this.readCommits(oids, signal);
    const sizes = await this.#store.readSizes(oids, signal);
    const largest = Math.max(0, ...sizes);
    if (largest > maxTagBytes) {
      throw gitErrors.objectTooLarge(this.#display, what, largest, maxTagBytes);
    }
    const objects = await this.#store.read(oids, signal);
    return objects.map((object, index) => {
      if (object?.type === type) return parseObject(object.body);
      throw gitErrors.objectMissing(this.#display, `${what} (${oids[index]})`);
    });
  }

  /**
   * Commits that are here, their messages as far as they are read. The sizes are looked at first, and so many bytes are
   * read at once that neither many commits nor large ones fill the memory.
   *
   * @throws DojoError GIT_COMMITS_TOO_LARGE, GIT_OBJECT_MISSING.
   */
  async readCommits(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<ParsedObject[]> {
    const sizes = await this.#store.readSizes(oids, signal);
    const kept = sum(sizes.map(size => Math.min(size, maxMessage)));
    const all = sum(sizes);
    if (all > maxCommitBytes || kept > maxKeptBytes) {
      throw gitErrors.commitsTooLarge(
        this.#display,
        all,
        all > maxCommitBytes ? maxCommitBytes : maxKeptBytes,
      );
    }
    const commits: ParsedObject[] = [];
    for (let start = 0; start < oids.length; ) {
      let end = start + 1;
      for (
        let bytes = sizes[start];
        end < oids.length && bytes + sizes[end] <= batchBytes;
        end += 1
      ) {
        bytes += sizes[end];
      }
      const batch = oids.slice(start, end);
      const objects = await this.#store.read(batch, signal);
      objects.forEach((object, index) => {
        if (object?.type !== 'commit') {
          throw gitErrors.objectMissing(
            this.#display,
            `a commit (${batch[index]})`,
          );
        }
        commits.push(parseObject(cutCommit(object.body)));
      });
      start = end;
    }
    return commits;
  }

  /** Starts what reads them, so that the first one does not wait for it. */
  start(): void {
    this.#store.start();
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
    const stillWanted = () => this.#store.readMissing(missing, signal);
    await this.#remote.fetch({ wants: missing, stillWanted, history }, signal);
    const [left] = await this.#store.readMissing(missing, signal);
    if (left !== undefined) {
      throw gitErrors.objectMissing(this.#display, `${what} (${left})`);
    }
  }
}
