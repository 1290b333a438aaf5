import type { MigrationSet, SqlFile } from '../migrate/files/migration';
import { findAppliedTables } from './schema/find-applied-tables';
import { readApplied, toApplied } from './schema/read-applied';
import { recordFingerprint } from './schema/record-applied';
import { duckdbErrors } from './duckdb-errors';
import { openDatabase } from './engine/open-database';
import type { DuckdbSession } from './engine/duckdb-session';
import { databaseName, findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import type { PrivateCopy } from './files/private-copy';
import { syncPath } from './files/private-copy';
import { runAsserts } from './run-asserts';
import { readFingerprint } from './schema/schema-entries';

/** What a finished copy must be. */
export interface SealOptions {
  readonly copy: PrivateCopy;
  readonly place: DatabasePlace;
  readonly set: MigrationSet;
  /** Applied, in any order. */
  readonly ids: readonly string[];
  /**
   * Row of applied_migrations_meta that takes the fingerprint, as the database spells it; absent: there is none, or nobody
   * knows whether the schema is right.
   */
  readonly head: string | undefined;
  /** Files whose asserts must hold in what was written. */
  readonly asserted: readonly SqlFile[];
  readonly signal: AbortSignal;
}

/**
 * Records the fingerprint of the schema as DuckDB reads it back, then opens the copy as the application will, proves
 * that it is what was meant, and makes it survive a power cut.
 *
 * @throws DojoError DATABASE_VERIFICATION_FAILED, MIGRATION_ASSERT_FAILED.
 */
export async function sealCopy(options: SealOptions): Promise<void> {
  const { copy, place, signal } = options;
  const name = databaseName(place);
  const { session, database } = await openDatabase({
    path: copy.path,
    name,
    mode: { kind: 'private-copy' },
    spillFolder: copy.spillFolder,
    signal,
  });
  try {
    const fingerprint = await readFingerprint(session, database);
    await findAppliedTables(session, database, place.path);
    if (options.head !== undefined) {
      await recordFingerprint(session, database, options.head, fingerprint);
    }
    await session.fold(database);
    await session.detach(database);
    await session.attach(copy.path, name, { kind: 'read-only' });
    await verify(session, database, fingerprint, options);
    await session.use(database);
    for (const file of options.asserted) await runAsserts(file, session);
  } finally {
    session.close();
  }
  await syncPath(copy.path);
}

async function verify(
  session: DuckdbSession,
  database: string,
  fingerprint: string,
  { copy, place, set, ids }: SealOptions,
): Promise<void> {
  if ((await findWals(copy.path)).length > 0) {
    throw duckdbErrors.verification(place.path, 'it was not folded');
  }
  const applied = toApplied(
    await readApplied(session, database, place.path),
    set,
  );
  const found = applied.map(({ id }) => id).sort();
  if (JSON.stringify(found) !== JSON.stringify([...ids].sort())) {
    throw duckdbErrors.verification(
      place.path,
      `it has applied ${found.join(', ') || 'nothing'}`,
    );
  }
  if ((await readFingerprint(session, database)) !== fingerprint) {
    throw duckdbErrors.verification(place.path, 'its schema reads differently');
  }
}
