import type { FindingCode } from 'backstage-plugin-dojo-common';
import type { LintProblem, LintedStatement } from './lint-rule';
import type { AlterAction, AlterFacts } from '../sql/read-alter';
import {
  addThenIndex,
  addThenSetNotNull,
  aroundIndexes,
  rebuild,
} from './rewrites';
import { listNames } from './list-names';
import type { TrackedTable } from './schema-tracker';
import type { SqlToken } from '../sql/sql-lexer';
import { depths, isText, splitName } from '../sql/token-cursor';

/** What DuckDB 1.5 refuses of a table that an index or another table's foreign key depends on. */
const refusedOfDependedOn: ReadonlySet<AlterAction> = new Set([
  'rename-table',
  'rename-column',
  'drop-column',
  'set-type',
  'set-not-null',
  'drop-not-null',
  'add-primary-key',
]);

/** An ALTER TABLE that DuckDB 1.5 refuses whatever the rows, with what to write instead. */
export function lintAlter(linted: LintedStatement): LintProblem[] {
  const { facts, schema } = linted;
  if (facts.kind !== 'alter-table') return [];
  const table = schema.table(facts.table);
  const problem =
    addedConstraint(facts, table) ??
    (table && (dependedOn(linted, facts, table) ?? keyColumn(facts, table)));
  if (problem) return [problem];
  return computedDefault(facts);
}

function addedConstraint(
  facts: AlterFacts,
  table: TrackedTable | undefined,
): LintProblem | undefined {
  const { action, written, subject } = facts;
  if (action === 'add-constraint' || action === 'drop-constraint') {
    const what = action === 'add-constraint' ? 'added to' : 'dropped from';
    return error(
      'LINT_ALTER_CONSTRAINT',
      `a constraint cannot be ${what} ${written}: DuckDB has them in CREATE TABLE only`,
      rebuild(
        written,
        table,
        action === 'add-constraint' ? 'with the constraint' : 'without it',
      ),
    );
  }
  if (action !== 'add-column') return undefined;
  const constraint = columnConstraint(facts.rest);
  switch (constraint) {
    case undefined:
      return undefined;
    case 'GENERATED':
      return error(
        'LINT_ADD_GENERATED_COLUMN',
        `the generated column ${subject.written} cannot be added to ${written}`,
        rebuild(written, table, `with ${subject.written}`),
      );
    case 'NOT NULL':
      return error(
        'LINT_ADD_COLUMN_NOT_NULL',
        `${subject.written} cannot be added to ${written} as NOT NULL`,
        withIndexes(addThenSetNotNull(facts), facts, table),
      );
    case 'UNIQUE':
      return error(
        'LINT_ADD_COLUMN_CONSTRAINT',
        `${subject.written} cannot be added to ${written} as UNIQUE`,
        addThenIndex(facts),
      );
    default:
      return error(
        'LINT_ADD_COLUMN_CONSTRAINT',
        `${subject.written} cannot be added to ${written} with ${constraint}`,
        rebuild(written, table, `with ${subject.written}`),
      );
  }
}

/** SET NOT NULL is refused as long as the table has an index. */
function withIndexes(
  sql: string,
  facts: AlterFacts,
  table: TrackedTable | undefined,
): string {
  return table && table.indexes.length > 0
    ? aroundIndexes(sql.replace(/;$/, ''), facts, table)
    : sql;
}

/** The first constraint in the definition of an added column, outside of parentheses. */
function columnConstraint(rest: readonly SqlToken[]): string | undefined {
  const deep = depths(rest);
  for (const [at, token] of rest.entries()) {
    if (deep[at] !== 0) continue;
    if (isText(token, 'GENERATED') || isText(token, 'AS')) return 'GENERATED';
    const isNotNull = isText(token, 'NOT') && isText(rest[at + 1], 'NULL');
    if (isNotNull && !isText(rest[at - 1], 'IS')) return 'NOT NULL';
    const word = ['UNIQUE', 'PRIMARY', 'CHECK', 'REFERENCES'].find(each =>
      isText(token, each),
    );
    if (word !== undefined) return word === 'PRIMARY' ? 'PRIMARY KEY' : word;
  }
  return undefined;
}

function dependedOn(
  { statement, schema }: LintedStatement,
  facts: AlterFacts,
  table: TrackedTable,
): LintProblem | undefined {
  const { action, subject, written } = facts;
  const isField =
    action === 'add-column' && splitName(subject.compared).schema !== '';
  if (!refusedOfDependedOn.has(action) && !isField) return undefined;
  if (facts.conditional && !table.columns?.includes(subject.compared)) {
    return undefined;
  }
  if (table.indexes.length > 0) {
    return error(
      'LINT_ALTER_INDEXED',
      `${written} has the index ${listNames(
        table.indexes.map(({ name }) => name),
      )}, and DuckDB does not do this to a table that has one`,
      aroundIndexes(statement.text, facts, table),
    );
  }
  const children = schema.childrenOf(facts.table);
  return children.length === 0
    ? undefined
    : error(
        'LINT_ALTER_REFERENCED',
        `${listNames(
          children,
        )} has a foreign key to ${written}, and DuckDB does not do this to such a table`,
        `Make ${listNames(
          children,
        )} anew without its foreign key first, as described in docs/reference/migrations.md.`,
      );
}

function keyColumn(
  facts: AlterFacts,
  table: TrackedTable,
): LintProblem | undefined {
  const { action, subject, written } = facts;
  const { compared } = subject;
  const kept =
    (table.keys.has(compared) && 'a key') ||
    (table.foreign.has(compared) && 'a foreign key');
  const constrained = kept || (table.checked.has(compared) && 'a CHECK');
  const refused = (
    code: FindingCode,
    what: string,
    why: string,
    change: string,
  ) =>
    error(
      code,
      `${subject.written} of ${written} cannot ${what}: ${why}`,
      rebuild(written, table, change),
    );
  if (action === 'set-type' && constrained) {
    return refused(
      'LINT_ALTER_KEY',
      'change its type',
      `it is part of ${constrained}`,
      `${subject.written} with the new type`,
    );
  }
  if (action === 'rename-column' && table.foreign.has(compared)) {
    return refused(
      'LINT_ALTER_KEY',
      'be renamed',
      'it is part of a foreign key',
      `${subject.written} under its new name`,
    );
  }
  if (action !== 'drop-column') return undefined;
  const at = table.columns?.indexOf(compared) ?? -1;
  const after = table.columns
    ?.slice(at + 1)
    .find(column => table.keys.has(column) || table.foreign.has(column));
  if (!kept && (at < 0 || after === undefined)) return undefined;
  return refused(
    'LINT_ALTER_KEY',
    'be dropped',
    kept ? `it is part of ${kept}` : `the key column ${after} stands after it`,
    `without ${subject.written}`,
  );
}

/** Why such a change is safe here and nowhere else is worth a word: it is the one that made databases unreadable. */
function computedDefault({ action, rest, subject }: AlterFacts): LintProblem[] {
  const at = rest.findIndex(token => isText(token, 'DEFAULT'));
  const isComputed =
    action === 'add-column' &&
    at >= 0 &&
    rest
      .slice(at + 1)
      .some(
        (token, index, all) =>
          (token.kind === 'word' && isText(all[index + 1], '(')) ||
          /^current_(?:date|time|timestamp)$/i.test(token.text),
      );
  return isComputed
    ? [
        {
          code: 'LINT_COMPUTED_DEFAULT',
          severity: 'note',
          message: `${subject.written} gets a computed default, which DuckDB 1.3 to 1.5 cannot replay from its log after a crash`,
          hint: 'Nothing to do: it runs on a copy that is folded before it is used. Do not run this SQL in place.',
        },
      ]
    : [];
}

function error(code: FindingCode, message: string, hint: string): LintProblem {
  return { code, severity: 'error', message, hint };
}
