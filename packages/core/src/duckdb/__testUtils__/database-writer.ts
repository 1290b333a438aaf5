import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** An application in a process of its own, which has the database open. */
export interface DatabaseWriter {
  readonly pid: number;
  /** As when it is killed: what it committed stays in the WAL. */
  kill(): Promise<void>;
}

const script = `
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const [database, access, ...statements] = process.argv.slice(1);
  const instance = await DuckDBInstance.create(database, access === 'read' ? { access_mode: 'READ_ONLY' } : {});
  const connection = await instance.connect();
  if (access !== 'read') await connection.run("PRAGMA disable_checkpoint_on_shutdown; SET checkpoint_threshold = '1GB'");
  for (const statement of statements) await connection.run(statement);
  process.stdout.write('ready');
  setInterval(() => undefined, 1000);
})().catch(error => { process.stderr.write(error.message); process.exit(1); });
`;

/** Opens a database in another process and runs statements there. */
export async function openWriter(
  database: string,
  statements: readonly string[] = [],
  access: 'read' | 'write' = 'write',
): Promise<DatabaseWriter> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['-e', script, '--', database, access, ...statements],
    {
      cwd: dirname(require.resolve('@duckdb/node-api/package.json')),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr?.on('data', chunk => {
    said += chunk;
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the writer ended: ${said}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child.stdout!, 'data'), ended]);
  return {
    pid: child.pid!,
    kill: async () => {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
}

/** Leaves commits in the WAL, as an application does that was killed. */
export async function leaveWal(
  database: string,
  statements: readonly string[],
): Promise<void> {
  const writer = await openWriter(database, statements);
  await writer.kill();
}

/** Leaves the WAL of an earlier state of the database beside it, which does not belong there. */
export async function leaveStaleWal(database: string): Promise<void> {
  const aside = `${database}.aside`;
  await leaveWal(database, ['CREATE TABLE left_over(a INTEGER)']);
  copyFileSync(`${database}.wal`, aside);
  const writer = await openWriter(database, ['CHECKPOINT']);
  await writer.kill();
  copyFileSync(aside, `${database}.wal`);
  rmSync(aside);
}
