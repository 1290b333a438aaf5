import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProcess } from '../local/run-process';
import type { KustomizeProgram } from './find-kustomize';
import { kustomizeErrors } from './kustomize-errors';
import { sentenceOfFailure } from './sentence-of-failure';

/** Where kustomize runs, and how long. */
export interface RunOptions {
  /** Folder for the temporary trees; those of dead runs in it are removed. */
  readonly temporaryRoot: string;
  /** Milliseconds until it is stopped; default 20 seconds. */
  readonly deadline?: number;
  /** Bytes that it may print; default 64 MiB. */
  readonly maxOutput?: number;
}

const defaultDeadline = 20_000;
const defaultMaxOutput = 64 * 1024 * 1024;

type Ended = Awaited<ReturnType<typeof runProcess>>;

/** The processes over one temporary folder. */
export class KustomizeRun {
  readonly #program: KustomizeProgram;
  readonly #options: RunOptions;
  readonly #root: string;
  readonly #tree: string;

  constructor(program: KustomizeProgram, root: string, options: RunOptions) {
    this.#program = program;
    this.#options = options;
    this.#root = root;
    this.#tree = join(root, 'tree');
  }

  /** In a row, which for small files is faster than all at once. */
  async write(files: ReadonlyMap<string, string>): Promise<void> {
    await Promise.all(
      ['home', 'empty', 'tree'].map(name => mkdir(join(this.#root, name))),
    );
    const made = new Set<string>();
    for (const [path, text] of files) {
      const place = join(this.#tree, path);
      const folder = dirname(place);
      if (!made.has(folder)) mkdirSync(folder, { recursive: true });
      made.add(folder);
      writeFileSync(place, text, { flag: 'wx' });
    }
  }

  /** Absolute: a relative one might be taken for an address. */
  pathOf(folder: string): string {
    return join(this.#tree, folder);
  }

  start(
    args: readonly string[],
    signal: AbortSignal,
    maxOutput = this.#options.maxOutput ?? defaultMaxOutput,
  ): Promise<Ended> {
    const home = join(this.#root, 'home');
    return runProcess({
      command: this.#program.command,
      args,
      env: {
        HOME: home,
        LC_ALL: 'C.UTF-8',
        PATH: join(this.#root, 'empty'),
        TMPDIR: home,
        XDG_CONFIG_HOME: home,
      },
      directory: this.#tree,
      maxOutput,
      deadline: this.#options.deadline ?? defaultDeadline,
      signal,
    });
  }

  /** What it printed. */
  textOf(end: Ended): string {
    const { deadline = defaultDeadline, maxOutput = defaultMaxOutput } =
      this.#options;
    switch (end.kind) {
      case 'not-started':
        throw kustomizeErrors.missing(this.#program.command);
      case 'too-slow':
        throw kustomizeErrors.deadline(deadline / 1_000);
      case 'too-much-output':
        throw kustomizeErrors.outputTooLarge(maxOutput);
      default: {
        if (end.code === 0) return end.stdout.toString('utf8');
        const said = sentenceOfFailure(end.stderr, this.#tree);
        throw said === ''
          ? kustomizeErrors.failed(end.code)
          : kustomizeErrors.refused(said);
      }
    }
  }
}
