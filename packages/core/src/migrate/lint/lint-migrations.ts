import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { chooseTransaction } from '../files/choose-transaction';
import { lintAlter } from './lint-alter';
import type { LintedStatement } from './lint-rule';
import { lintSandbox } from './lint-sandbox';
import { lintTable } from './lint-table';
import type { MigrationSet, SqlFile, SqlStatement } from '../files/migration';
import { readStatement } from '../sql/read-statement';
import { SchemaTracker } from './schema-tracker';
import { lexSql } from '../sql/sql-lexer';
import type { SqlToken } from '../sql/sql-lexer';

/** What was found in every file of a set, by {@link lintAhead}. */
const ahead = new WeakMap<
  MigrationSet,
  ReadonlyMap<SqlFile, readonly MigrationFinding[]>
>();

/**
 * Reads the SQL of the files that will run for what cannot run, or should not. An `error` is what DuckDB always
 * refuses, or what would leave the runner's transaction or sandbox.
 * @param linted the files to report on; what the others of the set make is known to the rules.
 */
export function lintMigrations(
  set: MigrationSet,
  linted: readonly SqlFile[],
): MigrationFinding[] {
  if (linted.length === 0) return [];
  const known = ahead.get(set);
  if (known) return linted.flatMap(file => known.get(file) ?? []);
  const reported = new Set(linted);
  const schema = new SchemaTracker();
  return [...set.migrations, ...set.caches].flatMap(file => {
    if (reported.has(file)) return lintFile(file, set, schema);
    for (const statement of file.statements) {
      if (statement.kind !== 'ddl') continue;
      const tokens = tokensOf(statement);
      schema.show(readStatement(tokens), tokens);
    }
    return [];
  });
}

/** Reads all that there is to read of a set's SQL, so that whoever asks later which of it runs has only to choose. */
export function lintAhead(set: MigrationSet): void {
  const schema = new SchemaTracker();
  const files = [...set.migrations, ...set.caches];
  ahead.set(
    set,
    new Map(files.map(file => [file, lintFile(file, set, schema)])),
  );
}

/** Shows the schema every statement, once its rules have looked at it. */
function lintFile(
  file: SqlFile,
  set: MigrationSet,
  schema: SchemaTracker,
): MigrationFinding[] {
  const findings = file.statements.flatMap(statement =>
    lintStatement(file, statement, schema),
  );
  const asserts = file.asserts.flatMap(({ sql, line }) =>
    lintStatement(
      file,
      { text: sql, line, verb: 'SELECT', kind: 'other' },
      schema,
    ),
  );
  return [...asserts, ...findings, ...splitNote(file, set)];
}

function lintStatement(
  file: SqlFile,
  statement: SqlStatement,
  schema: SchemaTracker,
): MigrationFinding[] {
  const tokens = tokensOf(statement);
  const facts = readStatement(tokens);
  const linted: LintedStatement = { statement, tokens, facts, schema };
  const findings = [
    ...lintSandbox(linted),
    ...lintAlter(linted),
    ...lintTable(linted),
  ].map(problem => ({
    ...problem,
    file: file.path,
    line: statement.line,
  }));
  schema.show(facts, tokens);
  return findings;
}

function tokensOf({ text }: SqlStatement): SqlToken[] {
  return lexSql(text).tokens.filter(({ kind }) => kind !== 'comment');
}

/** That a file is split without having asked for it. */
function splitNote(file: SqlFile, set: MigrationSet): MigrationFinding[] {
  const { reason } = chooseTransaction(file, set);
  return reason === undefined || file.split
    ? []
    : [
        {
          code: 'LINT_SPLIT',
          severity: 'note',
          file: file.path,
          message: `it runs a statement per transaction: ${reason}`,
          hint: 'Nothing to do; -- dojo:split at the top says the same.',
        },
      ];
}
