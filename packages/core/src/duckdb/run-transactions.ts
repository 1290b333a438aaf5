import { isDojoError } from 'backstage-plugin-dojo-common';
import type { DojoError, Rehearsal } from 'backstage-plugin-dojo-common';
import { isMixError } from '../migrate/files/choose-transaction';
import { orderWork } from '../migrate/order-work';
import type { WorkTransaction } from '../migrate/order-work';
import type { SqlFile, SqlStatement } from '../migrate/files/migration';
import type { MigrationWork, PlannedFile } from '../migrate/ports';
import { PreparedStatements } from '../migrate/sql/prepared-statements';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './engine/duckdb-session';
import { hintOf } from './engine/hint-of-failure';
import { saidByDuckdb, whatRanOut } from './engine/parse-duckdb-failure';
import { runAsserts } from './run-asserts';
import { findRowsTaken, tellRowsTaken } from './rows-taken';
import type { RowsTaken } from './rows-taken';
import { ParentWatch } from './watch-parents';

/** What running needs beside the work. */
export interface TransactionsOptions {
  /** The copy is its default database. */
  readonly session: DuckdbSession;
  /** Name of the copy in the session. */
  readonly attached: string;
  /** Path of the database, for messages. */
  readonly database: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Says what is running now, such as `0007_tags.sql:12 UPDATE`. */
  readonly onStatement: (what: string) => void;
  /** Ids that were found to need a transaction per statement. */
  readonly split: ReadonlySet<string>;
}

/** A file that DuckDB cannot run in the one transaction it was planned in: to be run anew, a statement each. */
export class SplitNeeded extends Error {
  constructor(readonly file: SqlFile, readonly said: string) {
    super(`${file.path}: ${said}`);
  }
}

type Measured = Rehearsal['statements'][number];

/** A migration that has run. */
export interface RunMigration {
  readonly file: SqlFile;
  /** Milliseconds, of its statements and their commits. */
  readonly duration: number;
  readonly at: Date;
}

/** What was run, in order. */
export interface RunReport {
  readonly statements: readonly Measured[];
  readonly migrations: readonly RunMigration[];
  /** Rows that a migration took away, a sentence for each statement; a cache is derived again. */
  readonly losses: readonly string[];
}

/**
 * Runs migrations, then caches, each followed by its asserts.
 *
 * @throws SplitNeeded; DojoError MIGRATION_STATEMENT_FAILED, MIGRATION_COMMIT_FAILED, MIGRATION_ASSERT_FAILED.
 */
export async function runTransactions(
  work: Pick<MigrationWork, 'pending' | 'caches' | 'order'>,
  options: TransactionsOptions,
): Promise<RunReport> {
  const migrations = await runFiles(work.pending, work.order, options);
  const caches = await runFiles(work.caches, 'file', options);
  return {
    statements: [...migrations.statements, ...caches.statements],
    migrations: migrations.migrations,
    losses: migrations.losses,
  };
}

async function runFiles(
  planned: readonly PlannedFile[],
  order: 'file' | 'ddl-first',
  options: TransactionsOptions,
): Promise<RunReport> {
  const files = planned.map(one =>
    options.split.has(one.file.id)
      ? { ...one, transaction: 'statement' as const }
      : one,
  );
  const statements: Measured[] = [];
  const migrations: RunMigration[] = [];
  const seen: Seen = {
    taken: [],
    prepared: new PreparedStatements(),
    parents: new ParentWatch(options.session, options.attached),
  };
  const spent = new Map<string, number>();
  for (const transaction of orderWork(files, order)) {
    const { file } = transaction.planned;
    const measured = await runTransaction(transaction, seen, options);
    const duration = measured.reduce(
      (sum, one) => sum + one.duration,
      spent.get(file.id) ?? 0,
    );
    spent.set(file.id, duration);
    statements.push(...measured);
    if (!transaction.completes) continue;
    await runAsserts(file, options.session);
    migrations.push({ file, duration, at: options.now() });
    const count = file.statements.length;
    options.log(
      `${file.id} ${migrations.length} of ${files.length}: ${count} statement${
        count === 1 ? '' : 's'
      } in ${Math.round(duration)} ms`,
    );
  }
  return {
    statements,
    migrations,
    losses: await tellRowsTaken(seen.taken, options.session),
  };
}

/** What the statements so far were about to take away, what they prepared, and what they renamed. */
interface Seen {
  readonly parents: ParentWatch;
  readonly taken: RowsTaken[];
  readonly prepared: PreparedStatements;
}

async function runTransaction(
  { planned, statements }: WorkTransaction,
  { taken, prepared, parents }: Seen,
  options: TransactionsOptions,
): Promise<Measured[]> {
  const { session, signal } = options;
  const { file } = planned;
  const isAlone = statements.length === 1;
  const isCache = file.path.startsWith('caches/');
  const fail = async (error: unknown, statement?: SqlStatement) => {
    signal.throwIfAborted();
    await rollback(session);
    if (isDojoError(error)) throw error;
    const said = saidByDuckdb(error);
    if (!isAlone && isMixError(said)) throw new SplitNeeded(file, said);
    throw toFailure(file, statement, said, options.database);
  };
  const measured: Measured[] = [];
  // A statement alone is a transaction, and faster without the words.
  let opening = isAlone ? '' : 'BEGIN TRANSACTION;';
  for (const statement of statements) {
    signal.throwIfAborted();
    const place = `${file.path}:${statement.line}`;
    options.onStatement(`${place} ${statement.verb}`);
    const started = performance.now();
    try {
      if (isAlone || statement.kind === 'other') {
        await parents.ensureParents(statement);
      }
      const about = isCache
        ? []
        : await findRowsTaken(file.path, statement, { session, prepared });
      const rows = await session.run(`${opening}${statement.text}`);
      parents.note(statement, place);
      taken.push(
        ...about.map(one =>
          one.kind === 'rows' || one.kind === 'merge'
            ? { ...one, deleted: rows }
            : one,
        ),
      );
      measured.push({
        id: file.id,
        line: statement.line,
        verb: statement.verb,
        ...(statement.kind === 'dml' && { rows }),
        duration: performance.now() - started,
      });
    } catch (error) {
      await fail(error, statement);
    }
    opening = '';
  }
  if (isAlone) return measured;
  await parents.ensureParents().catch(fail);
  const started = performance.now();
  await session.run('COMMIT').catch(fail);
  const spent = performance.now() - started;
  // As of a statement alone. What a CREATE INDEX of many rows takes, it takes here.
  return measured.map((one, at) =>
    at === measured.length - 1
      ? { ...one, duration: one.duration + spent }
      : one,
  );
}

/** After any failure: DuckDB would commit what came before a statement that did not parse or bind. */
async function rollback(session: DuckdbSession): Promise<void> {
  // A failed COMMIT has ended the transaction already, and then there is none to roll back.
  await session.run('ROLLBACK').catch(() => undefined);
}

/** @param statement undefined: it was the COMMIT. */
function toFailure(
  file: SqlFile,
  statement: SqlStatement | undefined,
  said: string,
  database: string,
): DojoError {
  const place = `${file.path}${statement ? `:${statement.line}` : ''}`;
  const ranOut = whatRanOut(said, database, place);
  if (ranOut) return ranOut;
  const hint = hintOf(said);
  return statement === undefined
    ? duckdbErrors.commitFailed(place, said, hint)
    : duckdbErrors.statementFailed({
        place,
        verb: statement.verb,
        said,
        ...(hint !== undefined && { hint }),
      });
}
