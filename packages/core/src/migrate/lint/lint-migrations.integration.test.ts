import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { legal } from '../__testUtils__/legal-cases';
import { found } from '../__testUtils__/lint-cases';
import type { LintCase } from '../__testUtils__/lint-cases';
import { setOf } from '../__testUtils__/sql-files';
import { lintMigrations } from './lint-migrations';

const seed = 20261122;

const name = fc.constantFrom('t', 'u', '"T"', 'main.t');
const column = fc.constantFrom('a', 'b', '"B"', 'c');
const constraint = fc.constantFrom(
  '',
  '',
  ' PRIMARY KEY',
  ' UNIQUE',
  ' NOT NULL',
  ' CHECK (b > 0)',
  ' REFERENCES u(a)',
  ' DEFAULT 1',
);
const definition = fc
  .tuple(constraint, constraint, constraint)
  .map(([a, b, c]) => `(a INTEGER${a}, b INTEGER${b}, c INTEGER${c})`);
/** Statements that meet each other: few tables, few columns. */
const statement = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, definition)
      .map(([t, d]) => `CREATE TABLE ${t} ${d}`),
  },
  fc
    .tuple(name, definition)
    .map(([t, d]) => `CREATE OR REPLACE TABLE ${t} ${d}`),
  name.map(t => `CREATE TABLE IF NOT EXISTS ${t} AS SELECT 1 AS a, 2 AS b`),
  name.map(t => `DROP TABLE IF EXISTS ${t}`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `CREATE INDEX IF NOT EXISTS i ON ${t} (${c})`),
  fc.constantFrom('DROP INDEX IF EXISTS i', 'DROP INDEX main."I"'),
  fc.tuple(name, column).map(([t, c]) => `ALTER TABLE ${t} DROP COLUMN ${c}`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `ALTER TABLE ${t} DROP COLUMN IF EXISTS ${c}`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `ALTER TABLE ${t} ALTER ${c} TYPE BIGINT`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `ALTER TABLE ${t} ALTER ${c} SET NOT NULL`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `ALTER TABLE ${t} ALTER ${c} DROP NOT NULL`),
  fc
    .tuple(name, column, column)
    .map(([t, c, d]) => `ALTER TABLE ${t} RENAME ${c} TO ${d}`),
  fc
    .tuple(name, fc.constantFrom('t', 'u', 'w'))
    .map(([t, u]) => `ALTER TABLE ${t} RENAME TO ${u}`),
  fc
    .tuple(name, column, constraint)
    .map(([t, c, d]) => `ALTER TABLE ${t} ADD COLUMN ${c} INTEGER${d}`),
  fc
    .tuple(name, column)
    .map(([t, c]) => `ALTER TABLE ${t} ADD PRIMARY KEY (${c})`),
);

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

  it('never errs on what DuckDB runs, whatever was run before', async () => {
    let errors = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { minLength: 30, maxLength: 30 }),
        async drawn => {
          const instance = await DuckDBInstance.create(':memory:');
          const connection = await instance.connect();
          const ran = [
            'CREATE TABLE u (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER)',
          ];
          await connection.run(ran[0]);
          for (const sql of drawn) {
            const set = setOf({ '0001_a.sql': [...ran, sql].join(';\n') });
            const error = lintMigrations(set, set.migrations).find(
              ({ severity, line }) =>
                severity === 'error' && line === ran.length + 1,
            );
            const passes = await connection.run(sql).then(
              () => true,
              () => false,
            );
            if (passes) ran.push(sql);
            if (error) errors += 1;
            expect({ ran, sql, error: passes && error?.code }).toEqual({
              ran,
              sql,
              error: passes ? undefined : false,
            });
          }
          connection.closeSync();
          instance.closeSync();
        },
      ),
      { seed, numRuns: 80 },
    );
    expect(errors).toBeGreaterThan(150);
  }, 60_000);

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
