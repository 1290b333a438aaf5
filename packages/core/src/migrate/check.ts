import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import { checkMigrations as judge } from './check-migrations';
import type { MigrationPorts } from './ports';
import { readMigrations } from './read-migrations';

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
  const { set, findings } = readMigrations(
    await source.read(signal),
    source.display,
  );
  if (database === undefined) return judge(undefined, set, findings);
  const held = await ledgers.hold(
    { database, access: 'read', storageVersion: 'v1.0.0' },
    signal,
  );
  try {
    return judge(await held.readState(set, signal), set, findings);
  } finally {
    await held.release();
  }
}
