import type { MigrationSet, SqlFile } from './migration';
import { rowidNames, seesRowid } from './rowid-names';
import { readStatement } from '../sql/read-statement';
import type { StatementFacts } from '../sql/read-statement';
import { lexSql } from '../sql/sql-lexer';

/** How a file runs; `reason` is one sentence, and absent for `one`. */
export interface TransactionChoice {
  readonly transaction: 'one' | 'statement';
  readonly reason?: string;
}

/** A plan asks three times, and a file may be megabytes. */
const chosen = new WeakMap<SqlFile, TransactionChoice>();

/**
 * One transaction a file, but for what DuckDB cannot do in one: then a transaction a statement, which on a private copy
 * gives the same result and is never harmful. The mixes were measured on DuckDB 1.3 to 1.5
 * (docs/reference/migrations.md).
 *
 * @param set that the file is of: what its views and macros see counts too.
 */
export function chooseTransaction(
  file: SqlFile,
  set: MigrationSet,
): TransactionChoice {
  const known = chosen.get(file);
  if (known) return known;
  const choice = choose(file, set);
  chosen.set(file, choice);
  return choice;
}

function choose(file: SqlFile, set: MigrationSet): TransactionChoice {
  if (file.split) {
    return {
      transaction: 'statement',
      reason: '-- dojo:split',
    };
  }
  if (file.statements.length < 2) return { transaction: 'one' };
  if (file.statements.some(({ verb }) => verb.endsWith('CHECKPOINT'))) {
    return {
      transaction: 'statement',
      reason: 'its CHECKPOINT cannot follow a change in the same transaction',
    };
  }
  if (file.statements.some(({ verb }) => verb.startsWith('EXECUTE'))) {
    return {
      transaction: 'statement',
      reason: 'it is not known beforehand what its EXECUTE changes',
    };
  }
  if (seesRowid(file, rowidNames(set))) {
    return {
      transaction: 'statement',
      reason:
        'it uses rowid, which of a row that the same transaction wrote is not the one that it will have',
    };
  }
  const reason = findMix(
    file.statements.map(({ text }) =>
      readStatement(
        lexSql(text).tokens.filter(({ kind }) => kind !== 'comment'),
      ),
    ),
  );
  return reason === undefined
    ? { transaction: 'one' }
    : { transaction: 'statement', reason };
}

/** What DuckDB says where a transaction mixes what it cannot; a statement a transaction may then do. */
const mixErrors: readonly RegExp[] = [
  /another transaction has (?:altered|dropped) this table/,
  /Cannot create index with outstanding updates/,
  /Cannot (?:drop this column|change the type of this column): an index depends on it/,
  /Cannot alter entry ".*" because there are entries that depend on it/,
  /Data contains duplicates on indexed column/,
  /Failed to commit: PRIMARY KEY or UNIQUE constraint violation/,
  /Duplicate key ".*" violates (?:primary key|unique) constraint/,
  /is still referenced by a foreign key in a different table/,
  // By the function checkpoint(), which no verb tells.
  /Cannot CHECKPOINT: the current transaction has transaction local changes/,
];

/** Whether a failure of several statements in one transaction may be due to that alone. */
export function isMixError(message: string): boolean {
  return mixErrors.some(pattern => pattern.test(message));
}

/** The first mix, in a sentence. */
function findMix(statements: readonly StatementFacts[]): string | undefined {
  const changed = new Set<string>();
  const computed = new Set<string>();
  let droppedIndex: string | undefined;
  for (const facts of statements) {
    if (facts.kind === 'write') {
      const earlier = [...changed].find(table => table !== facts.table);
      if (earlier !== undefined) {
        return `it changes rows of ${earlier} and then of ${facts.table}, and DuckDB judges a foreign key between them by the rows before the first`;
      }
      if (facts.changesRows) changed.add(facts.table);
    }
    if (facts.kind === 'drop-index') droppedIndex = facts.index;
    if (facts.kind === 'alter-table') {
      if (changed.has(facts.table)) {
        return `it changes rows of ${facts.table} and then alters it, which DuckDB cannot commit together`;
      }
      if (droppedIndex !== undefined) {
        return `it drops the index ${droppedIndex} and then alters ${facts.table}, and DuckDB sees the index until the drop is committed`;
      }
      if (facts.action === 'add-primary-key' && statements.length > 1) {
        return `it adds a primary key to ${facts.table}, and DuckDB lets a NULL of the same transaction into it`;
      }
      if (facts.action === 'add-column') {
        if (computed.has(facts.table)) {
          return `it adds a column with a computed default to ${facts.table} and then another one, which DuckDB cannot commit together`;
        }
        if (hasComputedDefault(facts)) computed.add(facts.table);
      }
    }
    if (facts.kind === 'create-index' && changed.has(facts.table)) {
      return `it changes rows of ${facts.table} and then makes an index on it, which DuckDB cannot do together`;
    }
  }
  return undefined;
}

function hasComputedDefault({
  rest,
}: Extract<StatementFacts, { kind: 'alter-table' }>): boolean {
  const at = rest.findIndex(({ text }) => text.toUpperCase() === 'DEFAULT');
  return (
    at >= 0 &&
    rest
      .slice(at + 1)
      .some(
        ({ kind, text }) =>
          (kind === 'symbol' && (text === '(' || text === '[')) ||
          /^current_/i.test(text),
      )
  );
}
