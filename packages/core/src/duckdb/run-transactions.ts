import type { Rehearsal } from 'backstage-plugin-dojo-common';
import { isMixError } from '../migrate/choose-transaction';
import { orderWork } from '../migrate/order-work';
import type { WorkTransaction } from '../migrate/order-work';
import type { SqlFile, SqlStatement } from '../migrate/migration';
import type { MigrationWork, PlannedFile } from '../migrate/ports';
import { metaStatement } from './applied-table';
import type { RecordStatement } from './applied-table';
import { duckdbErrors } from './duckdb-errors';
import type { DuckdbSession } from './duckdb-session';
import { saidByDuckdb } from './parse-duckdb-failure';
import { runAsserts } from './run-asserts';

/** What running needs beside the work. */
export interface TransactionsOptions {
  /** The copy is its default database. */
  readonly session: DuckdbSession;
  readonly record: RecordStatement;
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

/**
 * Runs migrations, then caches, each followed by its asserts.
 *
 * @throws SplitNeeded; DojoError MIGRATION_STATEMENT_FAILED, MIGRATION_COMMIT_FAILED, MIGRATION_ASSERT_FAILED.
 */
export async function runTransactions(
  work: Pick<MigrationWork, 'pending' | 'caches' | 'order' | 'planHash'>,
  options: TransactionsOptions,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  const spent = new Map<string, number>();
  const run = async (
    planned: readonly PlannedFile[],
    order: 'file' | 'ddl-first',
    isMigration: boolean,
  ) => {
    const files = planned.map(one =>
      options.split.has(one.file.id)
        ? { ...one, transaction: 'statement' as const }
        : one,
    );
    for (const transaction of orderWork(files, order)) {
      const { file } = transaction.planned;
      const statements = await runTransaction(transaction, {
        ...options,
        recordSql: duration => {
          const total = (spent.get(file.id) ?? 0) + duration;
          spent.set(file.id, total);
          return isMigration && transaction.completes
            ? recordSql(file, total, work.planHash, options)
            : '';
        },
      });
      measured.push(...statements);
      if (!transaction.completes) continue;
      await runAsserts(file, options.session);
      options.log(
        `${file.id}: ${count(
          file.statements.length,
          'statement',
        )} in ${Math.round(spent.get(file.id) ?? 0)} ms`,
      );
    }
  };
  await run(work.pending, work.order, true);
  await run(work.caches, 'file', false);
  return measured;
}

function recordSql(
  file: SqlFile,
  duration: number,
  planHash: string,
  { record, now, session }: TransactionsOptions,
): string {
  return `${record(file.id, now())};${metaStatement([
    { file, written: file.id, duration, engine: session.engine, planHash },
  ])};`;
}

interface RunTransactionOptions extends TransactionsOptions {
  /** What is recorded in the transaction that completes a file; empty: nothing. */
  readonly recordSql: (duration: number) => string;
}

async function runTransaction(
  { planned, statements }: WorkTransaction,
  options: RunTransactionOptions,
): Promise<Measured[]> {
  const { session, signal } = options;
  const { file } = planned;
  const mayMix = planned.transaction === 'one' && statements.length > 1;
  const measured: Measured[] = [];
  let opening = 'BEGIN TRANSACTION;';
  for (const statement of statements) {
    signal.throwIfAborted();
    options.onStatement(placeOf(file, statement));
    const started = performance.now();
    try {
      const rows = await session.run(`${opening}${statement.text}`);
      measured.push({
        id: file.id,
        line: statement.line,
        verb: statement.verb,
        ...(statement.kind === 'dml' && { rows }),
        duration: performance.now() - started,
      });
    } catch (error) {
      signal.throwIfAborted();
      await rollback(session);
      const said = saidByDuckdb(error);
      if (mayMix && isMixError(said)) throw new SplitNeeded(file, said);
      throw toStatementFailure(file, statement, said);
    }
    opening = '';
  }
  const duration = measured.reduce((sum, one) => sum + one.duration, 0);
  try {
    await session.run(`${options.recordSql(duration)}COMMIT`);
  } catch (error) {
    signal.throwIfAborted();
    await rollback(session);
    const said = saidByDuckdb(error);
    if (mayMix && isMixError(said)) throw new SplitNeeded(file, said);
    if (statements.length === 1) {
      throw toStatementFailure(file, statements[0], said);
    }
    throw duckdbErrors.commitFailed(file.path, said);
  }
  return measured;
}

/** After any failure: DuckDB would commit what came before a statement that did not parse or bind. */
async function rollback(session: DuckdbSession): Promise<void> {
  // A failed COMMIT has ended the transaction already, and then there is none to roll back.
  await session.run('ROLLBACK').catch(() => undefined);
}

function toStatementFailure(
  file: SqlFile,
  statement: SqlStatement,
  said: string,
) {
  return /No space left on device/.test(said)
    ? duckdbErrors.spaceRanOut(file.path)
    : duckdbErrors.statementFailed({
        place: `${file.path}:${statement.line}`,
        verb: statement.verb,
        said,
      });
}

function placeOf(file: SqlFile, statement: SqlStatement): string {
  return `${file.path}:${statement.line} ${statement.verb}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
