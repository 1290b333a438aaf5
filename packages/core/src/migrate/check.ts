import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import type { MigrationPorts } from './ports';
import { readAndHold } from './read-and-hold';
import { readMigrations } from './read-migrations';
import { toMigrationCheck } from './to-migration-check';

/** What is checked, and how. */
export interface CheckRequest {
  /** Path of the ledger; absent: the folder alone is checked. */
  readonly database?: string;
}

/** Options of {@link checkMigrations}. */
export interface CheckOptions {
  readonly signal: AbortSignal;
}

/**
 * Compares the migration files with a ledger, or reads them alone. Changes nothing, and runs none of them.
 *
 * @throws DojoError where the ledger or the folder cannot be read; what is wrong with them is a finding.
 */
export async function checkMigrations(
  { database }: CheckRequest,
  { source, ledgers }: Pick<MigrationPorts, 'source' | 'ledgers'>,
  { signal }: CheckOptions,
): Promise<MigrationCheck> {
  signal.throwIfAborted();
  if (database === undefined) {
    const files = await source.read(signal);
    const { set, findings } = readMigrations(files, source.display);
    return toMigrationCheck(undefined, set, findings);
  }
  const { read, held } = await readAndHold(
    { source, ledgers },
    { database, access: 'read', storageVersion: 'v1.0.0' },
    signal,
  );
  const { set, findings } = read;
  try {
    return toMigrationCheck(await held.readState(set, signal), set, findings);
  } finally {
    await held.release();
  }
}
