import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import type { DatabaseState } from './database-state';
import type { MigrationPorts } from './ports';
import { judgeState, planBudget } from './judge-state';
import { parsedFiles } from './parsed-files';
import { readMigrations } from './files/read-migrations';
import type { ReadMigrations } from './files/read-migrations';
import { toMigrationCheck } from './to-migration-check';

/** What is checked, and how. */
export interface CheckRequest {
  /** Path of the database; absent: the folder alone is checked. */
  readonly database?: string;
}

/** Options of {@link checkMigrations}. */
export interface CheckOptions {
  readonly signal: AbortSignal;
}

/**
 * Compares the migration files with a database, or reads them alone. Changes nothing, and runs none of them.
 *
 * @throws DojoError where the database or the folder cannot be read; what is wrong with them is a finding.
 */
export async function checkMigrations(
  { database }: CheckRequest,
  { source, databases, parser }: Omit<MigrationPorts, 'clock'>,
  { signal }: CheckOptions,
): Promise<MigrationCheck> {
  signal.throwIfAborted();
  const conclude = async (
    state: DatabaseState | undefined,
    { set, findings }: ReadMigrations,
  ) =>
    toMigrationCheck(state, set, [
      ...findings,
      ...(await parser.findSyntaxErrors(
        parsedFiles('migrate', state, set),
        signal,
      )),
    ]);
  const read = readMigrations(await source.read(signal), source.display);
  if (database === undefined) return conclude(undefined, read);
  const held = await databases.hold(
    { database, access: 'read', storageVersion: 'v1.0.0' },
    signal,
  );
  // What takes long is done with what was read, and keeps no writer waiting.
  const found = await held
    .readState(read.set, signal)
    .finally(() => held.release());
  const state = await judgeState(found, { signal, budget: planBudget });
  return conclude(state, read);
}
