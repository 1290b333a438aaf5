import type { MigrationCheck } from 'backstage-plugin-dojo-common';
import type { DatabaseState } from './database-state';
import type { MigrationPorts } from './ports';
import { readAndHold } from './read-and-hold';
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
  /** The process ends with the check: its end lets go of the database, and takes no time for it; default false. */
  readonly endsProcess?: boolean;
}

/**
 * Compares the migration files with a database, or reads them alone. Changes nothing, and runs none of them.
 *
 * @throws DojoError where the database or the folder cannot be read; what is wrong with them is a finding.
 */
export async function checkMigrations(
  { database }: CheckRequest,
  { source, databases, parser }: Omit<MigrationPorts, 'clock'>,
  { signal, endsProcess = false }: CheckOptions,
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
  if (database === undefined) {
    const files = await source.read(signal);
    return conclude(undefined, readMigrations(files, source.display));
  }
  const { read, held } = await readAndHold(
    { source, databases },
    { database, access: 'read', storageVersion: 'v1.0.0' },
    signal,
  );
  try {
    return await conclude(await held.readState(read.set, signal), read);
  } finally {
    if (!endsProcess) await held.release();
  }
}
