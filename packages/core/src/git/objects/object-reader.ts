import type { ChildProcess } from 'node:child_process';
import { gitErrors } from '../git-errors';
import { endGit, spawnGit } from '../run/run-git';

/** Options of {@link ObjectReader}. */
export interface ObjectReaderOptions {
  readonly folder: string;
  readonly gitDir: string;
  readonly display: string;
}

/** Larger objects are refused: nothing that a release reads comes near. */
const maxObjectBytes = 64 * 1024 * 1024;

/** What is asked of an object. */
export type ObjectQuestion = 'info' | 'contents';

/** What is known of an object that is here. */
export interface ObjectAnswer {
  readonly type: string;
  readonly size: number;
  /** Empty for `info`. */
  readonly body: Buffer;
}

/** One long-lived `git cat-file --batch-command`; questions are answered in their order. */
export class ObjectReader {
  readonly #child: ChildProcess;
  readonly #display: string;
  #pending: Buffer[] = [];
  #size = 0;
  /** Makes the error of whoever asks after the end; most often nobody does. */
  #ended: (() => Error) | undefined;
  #wake: () => void = () => undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ folder, gitDir, display }: ObjectReaderOptions) {
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
      this.#ended ??= () =>
        gitErrors.failed(this.#display, 'cat-file', 'it ended');
      this.#wake();
    };
    this.#child.on('error', end);
    this.#child.on('close', end);
    this.#child.stdin!.on('error', end);
    this.#child.stderr!.resume();
  }

  ask(
    verb: ObjectQuestion,
    oids: readonly string[],
  ): Promise<(ObjectAnswer | undefined)[]> {
    const answers = this.#turn.then(async () => {
      this.#child.stdin!.write(oids.map(oid => `${verb} ${oid}\n`).join(''));
      const all: (ObjectAnswer | undefined)[] = [];
      for (const oid of oids) all.push(await this.#answer(verb, oid));
      return all;
    });
    this.#turn = answers.catch(() => undefined);
    return answers;
  }

  end(): void {
    this.#child.stdin!.end();
    endGit(this.#child);
  }

  async #answer(
    verb: ObjectQuestion,
    oid: string,
  ): Promise<ObjectAnswer | undefined> {
    const line = (await this.#take(undefined)).toString('latin1');
    const [, type, digits] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(line) ?? [];
    if (type === undefined) {
      if (line.endsWith(' missing')) return undefined;
      throw gitErrors.failed(this.#display, 'cat-file', line);
    }
    const size = Number(digits);
    if (verb === 'info') return { type, size, body: Buffer.alloc(0) };
    if (size > maxObjectBytes) {
      const tooLarge = gitErrors.objectTooLarge(
        this.#display,
        `${type} ${oid}`,
        size,
        maxObjectBytes,
      );
      this.#ended = () => tooLarge;
      this.end();
      throw tooLarge;
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
      if (this.#ended) throw this.#ended();
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}
