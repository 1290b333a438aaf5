import { isDojoError } from 'backstage-plugin-dojo-common';
import { availableParallelism } from 'node:os';
import type { Rehearsal } from 'backstage-plugin-dojo-common';
import type { MigrationWork, MigrationWorkOptions } from '../migrate/ports';
import { createAppliedTables } from './schema/applied-table';
import { findAppliedTables } from './schema/find-applied-tables';
import { readApplied, toApplied } from './schema/read-applied';
import { recordApplied, recordMeta } from './schema/record-applied';
import type { AppliedRow } from './schema/read-applied';
import { copyFiles } from './files/copy-files';
import { openDatabase } from './engine/open-database';
import type { OpenedDatabase } from './engine/open-database';
import type { DuckdbSession } from './engine/duckdb-session';
import { startHeartbeat } from './engine/heartbeat';
import { watchDisk } from './files/watch-disk';
import { databaseName, findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import { ensureRights } from './files/ensure-rights';
import { parseDuckdbFailure } from './engine/parse-duckdb-failure';
import type { PrivateCopy } from './files/private-copy';
import {
  mayBreakViews,
  readBrokenViews,
  tellBrokenViews,
} from './schema/read-broken-views';
import { proveConstraints } from './prove-constraints';
import { SplitNeeded, runTransactions } from './run-transactions';
import type { RunMigration } from './run-transactions';
import { sealCopy } from './seal-copy';

/** Options of {@link prepareCopy}. */
export interface PrepareOptions extends MigrationWorkOptions {
  readonly place: DatabasePlace;
  readonly copy: PrivateCopy;
  /** For a database that is created. */
  readonly storageVersion: string;
  readonly now: () => Date;
  /** Milliseconds between two heartbeats. */
  readonly heartbeat: number;
}

/** A migrated copy, verified. */
export interface PreparedCopy {
  readonly rehearsal: Rehearsal;
  /** What a reader should know of it, a sentence each. */
  readonly warnings: readonly string[];
}

/** Below this, one thread is faster than handing the work around. */
const largeBytes = 32 * 1024 * 1024;

/**
 * Copies the database and runs the work on the copy, from the start again where a file turns out to need a transaction
 * per statement: a roll-back would not bring back what sequences gave out.
 */
export async function prepareCopy(
  work: MigrationWork,
  options: PrepareOptions,
): Promise<PreparedCopy> {
  const started = performance.now();
  const split = new Set<string>();
  for (;;) {
    try {
      const { rehearsal, warnings } = await prepareOnce(work, {
        ...options,
        split,
      });
      const duration = performance.now() - started;
      return { rehearsal: { ...rehearsal, duration }, warnings };
    } catch (error) {
      if (!(error instanceof SplitNeeded)) throw error;
      split.add(error.file.id);
      options.log(
        `${error.file.id}: DuckDB cannot do it in one transaction (${error.said}); all again, this one a statement per transaction`,
      );
    }
  }
}

async function prepareOnce(
  work: MigrationWork,
  options: PrepareOptions & { readonly split: ReadonlySet<string> },
): Promise<PreparedCopy> {
  const { place, copy, signal } = options;
  await copyDatabase(options);
  const bytes = await copy.size();
  const disk = watchDisk(copy);
  const heartbeat = startHeartbeat({
    every: options.heartbeat,
    log: options.log,
    what: 'opening the copy',
    size: () => copy.size(),
  });
  let opened: OpenedDatabase | undefined;
  try {
    opened = await openCopy(options, bytes);
    const { session, database } = opened;
    await session.fold(database);
    const before = await bookkeep(session, database, work, place.path);
    await session.useOnly(database);
    const ran = [...work.pending, ...work.caches].map(({ file }) => file);
    const readViews = async () =>
      mayBreakViews(ran)
        ? readBrokenViews(session, database)
        : new Map<string, string>();
    const broken = await readViews();
    const report = await runTransactions(work, {
      session,
      attached: database,
      database: place.path,
      now: options.now,
      signal,
      log: options.log,
      split: options.split,
      onStatement: what => {
        heartbeat.turnTo(what);
        disk.turn();
      },
    });
    heartbeat.turnTo('proving the constraints');
    await proveConstraints(session, database, ran);
    const warnings = [
      ...report.losses,
      ...tellBrokenViews(broken, await readViews()),
    ];
    heartbeat.turnTo('writing the copy');
    await findAppliedTables(session, database, place.path);
    await record(session, database, report.migrations, work, place.path);
    const ids = [...before, ...report.migrations.map(({ file }) => file)].map(
      ({ id }) => id,
    );
    await session.fold(database);
    session.close();
    heartbeat.turnTo('verifying the copy');
    const last = work.caches.length > 0 ? work.caches : work.pending.slice(-1);
    await sealCopy({
      copy,
      place,
      set: work.set,
      signal,
      ids,
      head: work.isExplained
        ? work.pending.at(-1)?.file.id ?? before.at(-1)?.written
        : undefined,
      asserted: last.map(({ file }) => file),
    });
    const sizeAfter = await copy.size();
    const diskBytes = Math.max(bytes, sizeAfter, disk.most());
    return {
      rehearsal: {
        statements: [...report.statements],
        duration: 0,
        diskBytes,
        sizeAfter,
        split: [...options.split],
      },
      warnings,
    };
  } catch (error) {
    throw toFailure(error, place.path, signal);
  } finally {
    disk.stop();
    heartbeat.stop();
    opened?.session.close();
  }
}

/** @returns the rows that were applied before; those without meta are adopted. */
async function bookkeep(
  session: DuckdbSession,
  database: string,
  work: MigrationWork,
  path: string,
): Promise<AppliedRow[]> {
  const applied = toApplied(
    await readApplied(session, database, path),
    work.set,
  );
  await createAppliedTables(session, database);
  const files = new Map(work.set.migrations.map(file => [file.id, file]));
  const adopted = applied.flatMap(({ id, written, meta }) => {
    const file = meta === undefined ? files.get(id) : undefined;
    return file
      ? [{ file, written, engine: session.engine, planHash: work.planHash }]
      : [];
  });
  await recordMeta(session, database, adopted);
  return applied;
}

/**
 * All rows at once: nobody sees the copy before all has run, and a row in each transaction would take longer than a
 * small migration itself.
 */
async function record(
  session: DuckdbSession,
  database: string,
  migrations: readonly RunMigration[],
  { planHash }: MigrationWork,
  path: string,
): Promise<void> {
  await session.run('BEGIN TRANSACTION');
  await recordApplied(
    session,
    database,
    path,
    migrations.map(({ file, at }) => ({ id: file.id, at })),
  );
  await recordMeta(
    session,
    database,
    migrations.map(({ file, duration }) => ({
      file,
      written: file.id,
      duration,
      engine: session.engine,
      planHash,
    })),
  );
  await session.run('COMMIT');
}

async function copyDatabase({
  place,
  copy,
  signal,
}: PrepareOptions): Promise<void> {
  if (!place.exists) return;
  await copyFiles(
    [place.path, ...(await findWals(place.path))],
    copy.folder,
    signal,
  );
  await ensureRights(place.path, copy.path);
}

function openCopy(
  { copy, place, storageVersion, signal }: PrepareOptions,
  bytes: number,
): Promise<OpenedDatabase> {
  return openDatabase({
    path: copy.path,
    name: databaseName(place),
    mode: {
      kind: 'private-copy',
      ...(!place.exists && { storageVersion }),
    },
    threads: bytes > largeBytes ? availableParallelism() : 1,
    spillFolder: copy.spillFolder,
    signal,
  });
}

function toFailure(error: unknown, path: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof SplitNeeded) return error;
  if (isDojoError(error)) return error;
  return parseDuckdbFailure(error, path);
}
