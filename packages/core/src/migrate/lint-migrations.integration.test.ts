import { DuckDBInstance } from '@duckdb/node-api';
import { found, legal } from './__testUtils__/lint-cases';
import type { LintCase } from './__testUtils__/lint-cases';
import { setOf } from './__testUtils__/sql-files';
import { lintMigrations } from './lint-migrations';

/** Runs statements one by one, those of `sql` where a migration runs. @returns what DuckDB refuses. */
async function refusal(
  before: string,
  sql: string,
): Promise<string | undefined> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(before);
    await connection.run('SET enable_external_access = false');
    await connection.run(sql);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function hintOf({ before, sql }: LintCase): string {
  const set = setOf({ '0001_before.sql': before, '0002_change.sql': sql });
  return lintMigrations(set, set.migrations.slice(1))[0]?.hint ?? '';
}

describe('lintMigrations', () => {
  describe('when DuckDB runs the statement', () => {
    it.each(found.filter(({ escapes }) => !escapes))(
      'errs only where it is refused: $sql after $before',
      async ({ before, sql, severity }) => {
        const refused = await refusal(before, sql);
        expect(refused !== undefined).toBe(severity === 'error');
      },
    );

    it.each(legal)('is right that it passes: after %s %s', async (...both) => {
      expect(await refusal(...both)).toBeUndefined();
    });
  });

  describe('when the rewrite is run instead', () => {
    // Some leave something to the author: which columns there are, or a value for every row.
    const rewritten = found
      .map(one => ({ ...one, hint: hintOf(one) }))
      .filter(
        ({ hint, columns }) =>
          /^(?:CREATE|DROP|ALTER) \S+ \S+ ?\S*.*;/.test(hint) &&
          (columns !== undefined || !hint.includes('…')),
      );

    it.each(rewritten)(
      'passes: $sql after $before',
      async ({ before, hint, columns = '' }) => {
        const sql = hint
          .replace('(…)', `(${columns})`)
          .replace('= …', `= ${columns}`);
        expect(await refusal(before, sql)).toBeUndefined();
      },
    );

    it('covers the rules', () => {
      expect(new Set(rewritten.map(({ code }) => code)).size).toBe(7);
    });
  });
});
