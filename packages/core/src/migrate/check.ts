import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import type { LedgerState } from './ledger-state';
import type { MigrationPorts } from './ports';
import { readAndHold } from './read-and-hold';
import { parsedFiles } from './parsed-files';
import { readMigrations } from './files/read-migrations';
import type { ReadMigrations } from './files/read-migrations';
import { toMigrationCheck } from './to-migration-check';

/** What is checked, and how. */
export interface CheckRequest {
  /** Path of the ledger; absent: the folder alone is checked. */
  readonly database?: string;
}

/** Options of {@link checkMigrations}. */
export interface CheckOptions {
  readonly signal: AbortSignal;
  /** The process ends with the check: its end lets go of the ledger, and takes no time for it; default false. */
  readonly endsProcess?: boolean;
}

/**
 * Compares the migration files with a ledger, or reads them alone. Changes nothing, and runs none of them.
 *
 * @throws DojoError where the ledger or the folder cannot be read; what is wrong with them is a finding.
 */
export async function checkMigrations(
  { database }: CheckRequest,
  { source, ledgers, parser }: Omit<MigrationPorts, 'clock'>,
  { signal, endsProcess = false }: CheckOptions,
): Promise<MigrationCheck> {
  signal.throwIfAborted();
  const conclude = async (
    state: LedgerState | undefined,
    { set, findings }: ReadMigrations,
  ) =>
    toMigrationCheck(state, set, [
      ...findings,
      ...(await parser.findSyntaxErrors(
        parsedFiles('migrate', state, set),
        signal,
      )),
    ]);
  if (database === undefined) {
    const files = await source.read(signal);
    return conclude(undefined, readMigrations(files, source.display));
  }
  const { read, held } = await readAndHold(
    { source, ledgers },
    { database, access: 'read', storageVersion: 'v1.0.0' },
    signal,
  );
  try {
    return await conclude(await held.readState(read.set, signal), read);
  } finally {
    if (!endsProcess) await held.release();
  }
}
