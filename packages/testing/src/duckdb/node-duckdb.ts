import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { DuckdbReader, DatabaseAnswer } from './duckdb-reader';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../duckdb-process.cjs');

function runScript(asked: unknown): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`DuckDB: ${stderr}`);
  return stdout;
}

/** Options of {@link runSql}. */
export interface RunSqlOptions {
  /** Leaves commits in the WAL, as a process that was killed does; default false: they are folded into the file. */
  readonly keepWal?: boolean;
}

/** Runs SQL on a file, each statement a transaction of its own, in a process that opens it as an app does. */
export function runSql(
  path: string,
  sql: string,
  { keepWal = false }: RunSqlOptions = {},
): void {
  runScript({ kind: 'run', path, sql, keepWal });
}

/** The DuckDB that the command itself uses, opening a file as an app does. */
export const nodeDuckdb: DuckdbReader = {
  name: 'Node',
  read: (paths, queries) =>
    JSON.parse(runScript({ kind: 'read', paths, queries })) as DatabaseAnswer[],
};

/** A process that has a database open. */
export interface DatabaseHold {
  readonly pid: number;
  release(): Promise<void>;
}

/** Holds a database in a process of its own, for reading or for writing. */
export async function holdDatabase(
  path: string,
  access: 'read' | 'write',
): Promise<DatabaseHold> {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(`${JSON.stringify({ kind: 'hold', path, access })}\n`);
  const ended = once(child, 'exit');
  const held = once(child.stdout, 'data').then(() => true);
  if (!(await Promise.race([held, ended.then(() => false)]))) {
    throw new Error(`${path} cannot be held`);
  }
  return {
    pid: child.pid!,
    release: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
