import type { ChildProcess } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { gitErrors } from './git-errors';
import { encodeObject } from './git-objects';
import type { ObjectFormat, ObjectType } from './git-objects';
import { endGroup, spawnGit } from './run-git';

/** An object of the local repository. */
export interface StoredObject {
  readonly type: string;
  readonly body: Buffer;
}

/** Options of {@link ObjectStore}. */
export interface ObjectStoreOptions {
  readonly folder: string;
  readonly gitDir: string;
  readonly display: string;
  readonly format: ObjectFormat;
}

/** Larger objects are refused: nothing that a release reads comes near. */
const mostObjectBytes = 64 * 1024 * 1024;

const deflateAsync = promisify(deflate);

/**
 * The objects that the temporary repository holds. Reads go through one `git cat-file` for the whole run; writes are
 * loose objects made here, since each git process costs more than all the objects of a release.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;
  #reader: Reader | undefined;

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
    verb: Verb,
    oids: readonly string[],
    signal: AbortSignal,
  ): Promise<(Answer | undefined)[]> {
    signal.throwIfAborted();
    if (oids.length === 0) return [];
    this.#reader ??= new Reader(this.#options);
    return this.#reader.ask(verb, oids);
  }
}

type Verb = 'info' | 'contents';

interface Answer {
  readonly type: string;
  readonly size: number;
  /** Empty for `info`. */
  readonly body: Buffer;
}

/** One long-lived `git cat-file --batch-command`; questions are answered in their order. */
class Reader {
  readonly #child: ChildProcess;
  readonly #display: string;
  #pending: Buffer[] = [];
  #size = 0;
  #ended: Error | undefined;
  #wake: () => void = () => undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ folder, gitDir, display }: ObjectStoreOptions) {
    this.#display = display;
    this.#child = spawnGit({
      args: ['cat-file', '--batch-command'],
      directory: folder,
      gitDir,
    });
    this.#child.stdout!.on('data', (chunk: Buffer) => {
      this.#pending.push(chunk);
      this.#size += chunk.length;
      this.#wake();
    });
    const end = () => {
      this.#ended ??= gitErrors.failed(this.#display, 'cat-file', 'it ended');
      this.#wake();
    };
    this.#child.on('error', end);
    this.#child.on('close', end);
    this.#child.stdin!.on('error', end);
    this.#child.stderr!.resume();
  }

  ask(verb: Verb, oids: readonly string[]): Promise<(Answer | undefined)[]> {
    const answers = this.#turn.then(async () => {
      this.#child.stdin!.write(oids.map(oid => `${verb} ${oid}\n`).join(''));
      const all: (Answer | undefined)[] = [];
      for (const oid of oids) all.push(await this.#answer(verb, oid));
      return all;
    });
    this.#turn = answers.catch(() => undefined);
    return answers;
  }

  end(): void {
    this.#child.stdin!.end();
    endGroup(this.#child);
  }

  async #answer(verb: Verb, oid: string): Promise<Answer | undefined> {
    const line = (await this.#take(undefined)).toString('latin1');
    const [, type, digits] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(line) ?? [];
    if (type === undefined) {
      if (line.endsWith(' missing')) return undefined;
      throw gitErrors.failed(this.#display, 'cat-file', line);
    }
    const size = Number(digits);
    if (verb === 'info') return { type, size, body: Buffer.alloc(0) };
    if (size > mostObjectBytes) {
      this.#ended = gitErrors.objectTooLarge(
        this.#display,
        `${type} ${oid}`,
        size,
        mostObjectBytes,
      );
      this.end();
      throw this.#ended;
    }
    const body = (await this.#take(size + 1)).subarray(0, size);
    return { type, size, body };
  }

  /** The next `length` bytes; without a length, the next line without its end. */
  async #take(length: number | undefined): Promise<Buffer> {
    for (;;) {
      if (this.#size >= (length ?? 1)) {
        const all =
          this.#pending.length === 1
            ? this.#pending[0]
            : Buffer.concat(this.#pending);
        const end = length ?? all.indexOf(0x0a);
        const rest = end === -1 ? all : all.subarray(length ?? end + 1);
        this.#pending = [rest];
        this.#size = rest.length;
        if (end !== -1) return all.subarray(0, end);
      }
      if (this.#ended) throw this.#ended;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}
