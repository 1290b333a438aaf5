import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestbedProgram } from '../testbed-programs';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../cluster-guard.cjs');

/** A program that the guard runs. */
export interface GuardedProgram {
  readonly name: string;
  readonly pid: number;
  /** Whether it has ended, by itself or killed. */
  hasExited(): boolean;
  /** Ends it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  /** What it has written since its first start, standard output and error. */
  log(): Promise<string>;
}

/** Runs programs that end when this process ends, however it does, and removes their folder with them. */
export interface Guard {
  /** Starts a program with the folder as its working directory. A name is free again when its program has exited. */
  run(
    name: string,
    program: TestbedProgram,
    args: readonly string[],
  ): Promise<GuardedProgram>;
  /** Ends all programs and removes the folder. */
  stop(): Promise<void>;
}

/** What the guard tells (cluster-guard.cjs). */
interface Fact {
  readonly started?: string;
  readonly exited?: string;
  /** Absent where the program could not be started. */
  readonly pid?: number;
}

const keyOf = ({ started, exited }: Fact) =>
  started ? `started ${started}` : `exited ${exited}`;

/** Starts the guard of an existing folder, which is the guard's from now on. */
export function startGuard(folder: string): Guard {
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C in a terminal reaches the owner alone, and through it the guard.
    detached: true,
    env: { PATH: process.env.PATH },
  });
  // Whoever waits for the exit learns what there is to learn of a pipe that broke.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const waiting = new Map<string, (fact: Fact) => void>();
  createInterface({ input: child.stdout }).on('line', line => {
    const fact = JSON.parse(line) as Fact;
    const key = keyOf(fact);
    waiting.get(key)?.(fact);
    waiting.delete(key);
  });
  const next = (fact: Fact) =>
    new Promise<Fact>(done => {
      waiting.set(keyOf(fact), done);
    });
  const order = (what: object) => {
    child.stdin.write(`${JSON.stringify(what)}\n`);
  };

  return {
    async run(name, { command, args: first }, args) {
      let hasExited = false;
      const exited = Promise.race([next({ exited: name }), ended]).then(() => {
        hasExited = true;
      });
      const started = next({ started: name });
      order({ run: name, command, args: [...first, ...args] });
      const fact = await Promise.race([started, ended]);
      if (Array.isArray(fact) || fact.pid === undefined) {
        throw new Error(`${command} could not be started.`);
      }
      const { pid } = fact;
      return {
        name,
        pid,
        hasExited: () => hasExited,
        kill: async () => {
          if (hasExited) return;
          order({ kill: name });
          await exited;
        },
        log: () => readFile(join(folder, `${name}.log`), 'utf8'),
      };
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
