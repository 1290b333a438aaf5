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

/** Bytes of an object that is kept, and of all that are: trees and commits are asked for again and again, files are not. */
const maxKeptObject = 64 * 1024;
const maxKeptBytes = 8 * 1024 * 1024;
/** Sizes of objects that are kept. */
const maxKeptSizes = 50_000;

/**
 * The objects that the temporary repository holds. Reads go through one `git cat-file` for the whole run; writes are
 * loose objects made here, since each git process costs more than all the objects of a release.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  #reader: ObjectReader | undefined;
  /** What was answered: an object never changes. One that is not here may still come, and is asked for again. */
  readonly #sizes = new Map<string, ObjectAnswer>();
  readonly #contents = new Map<string, ObjectAnswer>();
  #keptBytes = 0;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
  }

  /** Starts what answers, so that the first answer does not wait for it. */
  start(): void {
    this.#reader ??= new ObjectReader(this.#options);
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
    const kept = oids.map(oid => this.#kept(verb, oid));
    const open = oids.filter((_, at) => kept[at] === undefined);
    if (open.length === 0) return kept;
    this.start();
    const answers = await this.#reader!.ask(verb, open);
    answers.forEach((answer, at) => this.#keep(verb, open[at], answer));
    let next = 0;
    return kept.map(known => known ?? answers[next++]);
  }

  #kept(verb: ObjectQuestion, oid: string): ObjectAnswer | undefined {
    const whole = this.#contents.get(oid);
    return verb === 'info' ? whole ?? this.#sizes.get(oid) : whole;
  }

  #keep(
    verb: ObjectQuestion,
    oid: string,
    answer: ObjectAnswer | undefined,
  ): void {
    if (answer === undefined) return;
    if (verb === 'info') {
      // Asking again is no more than slower.
      if (this.#sizes.size >= maxKeptSizes) this.#sizes.clear();
      this.#sizes.set(oid, answer);
      return;
    }
    const { type, size, body } = answer;
    if (type === 'blob' || size > maxKeptObject) return;
    if (this.#keptBytes + size > maxKeptBytes) {
      this.#contents.clear();
      this.#keptBytes = 0;
    }
    // A copy: the answer is a part of all that was read with it.
    this.#contents.set(oid, { type, size, body: Buffer.from(body) });
    this.#keptBytes += size;
  }
}
