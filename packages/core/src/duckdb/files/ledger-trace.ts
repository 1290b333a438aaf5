import { stat } from 'node:fs/promises';
import { stating } from './ledger-path';

/** What tells that nobody wrote a ledger meanwhile. */
export interface LedgerTrace {
  readonly ledger: string;
  /** Absent: there is none. */
  readonly wal?: string;
}

/** Reads the trace of a ledger and of its WAL. */
export async function traceOf(ledger: string): Promise<LedgerTrace> {
  const wal = await stampOf(`${ledger}.wal`);
  return {
    ledger: (await stampOf(ledger)) ?? 'none',
    ...(wal !== undefined && { wal }),
  };
}

/** Whether nobody wrote between the two. */
export function isSameTrace(left: LedgerTrace, right: LedgerTrace): boolean {
  return left.ledger === right.ledger && left.wal === right.wal;
}

async function stampOf(path: string): Promise<string | undefined> {
  const found = await stating(() => stat(path, { bigint: true }));
  return found && [found.ino, found.size, found.mtimeNs].join(' ');
}
