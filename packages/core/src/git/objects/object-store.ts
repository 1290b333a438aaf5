import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { encodeObject } from './git-objects';
import type { ObjectFormat, ObjectType } from './git-objects';
import { ObjectReader } from './object-reader';
import type {
  ObjectAnswer,
  ObjectQuestion,
  ObjectReaderOptions,
} from './object-reader';

/** An object of the local repository. */
export interface StoredObject {
  readonly type: string;
  readonly body: Buffer;
}

/** Options of {@link ObjectStore}. */
export interface ObjectStoreOptions extends ObjectReaderOptions {
  readonly format: ObjectFormat;
}

const deflateAsync = promisify(deflate);

/**
 * The objects that the temporary repository holds. Reads go through one `git cat-file` for the whole run; writes are
 * loose objects made here, since each git process costs more than all the objects of a release.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  #reader: ObjectReader | undefined;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
  }

  /** Those of the objects that are not here. */
  async readMissing(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<string[]> {
    const answers = await this.#ask('info', oids, signal);
    return oids.filter((_, index) => answers[index] === undefined);
  }

  /** Bytes of each object; 0 of one that is not here. */
  async readSizes(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<number[]> {
    const answers = await this.#ask('info', oids, signal);
    return answers.map(answer => answer?.size ?? 0);
  }

  /**
   * Objects in the order asked for; undefined where one is not here, since nothing is fetched.
   * @throws DojoError GIT_OBJECT_TOO_LARGE before its bytes are kept.
   */
  async read(
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<(StoredObject | undefined)[]> {
    const answers = await this.#ask('contents', oids, signal);
    return answers.map(
      answer => answer && { type: answer.type, body: answer.body },
    );
  }

  /** Writes an object. @returns its id. */
  async write(type: ObjectType, body: Buffer): Promise<string> {
    const { gitDir, format } = this.#options;
    const { oid, bytes } = encodeObject(type, body, format);
    const folder = join(gitDir, 'objects', oid.slice(0, 2));
    const path = join(folder, oid.slice(2));
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.new`, await deflateAsync(bytes));
    await rename(`${path}.new`, path);
    return oid;
  }

  dispose(): void {
    this.#reader?.end();
    this.#reader = undefined;
  }

  async #ask(
    verb: ObjectQuestion,
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<(ObjectAnswer | undefined)[]> {
    signal.throwIfAborted();
    if (oids.length === 0) return [];
    this.#reader ??= new ObjectReader(this.#options);
    return this.#reader.ask(verb, oids);
  }
}
