import { stat } from 'node:fs/promises';
import { stating } from './database-path';

/** What tells that nobody wrote a database meanwhile. */
export interface DatabaseTrace {
  readonly database: string;
  /** Absent: there is none. */
  readonly wal?: string;
}

/** Reads the trace of a database and of its WAL. */
export async function traceOf(database: string): Promise<DatabaseTrace> {
  const wal = await stampOf(`${database}.wal`);
  return {
    database: (await stampOf(database)) ?? 'none',
    ...(wal !== undefined && { wal }),
  };
}

/** Whether nobody wrote between the two. */
export function isSameTrace(
  left: DatabaseTrace,
  right: DatabaseTrace,
): boolean {
  return left.database === right.database && left.wal === right.wal;
}

/** What a file keeps under another name, and no other file has; absent where there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  const found = await stating(() => stat(path, { bigint: true }));
  return found && [found.ino, found.size, found.mtimeNs].join(' ');
}
