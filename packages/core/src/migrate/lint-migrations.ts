import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { lintSandbox } from './lint-sandbox';
import type { LintedStatement } from './lint-rule';
import type { MigrationSet, SqlFile } from './migration';
import { readStatement } from './read-statement';
import { lexSql } from './sql-lexer';

/**
 * Reads the SQL of the files that will run for what cannot run, or should not. An `error` is what DuckDB always
 * refuses, or what would leave the runner's transaction or sandbox.
 * @param linted the files to report on, in their order; what others of the set make is known to the rules.
 */
export function lintMigrations(
  set: MigrationSet,
  linted: readonly SqlFile[],
): MigrationFinding[] {
  const reported = new Set(linted);
  return [...set.migrations, ...set.caches].flatMap(file =>
    file.statements.flatMap(statement => {
      if (!reported.has(file)) return [];
      const tokens = lexSql(statement.text).tokens.filter(
        ({ kind }) => kind !== 'comment',
      );
      const context: LintedStatement = {
        statement,
        tokens,
        facts: readStatement(tokens),
      };
      return lintSandbox(context).map(problem => ({
        ...problem,
        file: file.path,
        line: statement.line,
      }));
    }),
  );
}
