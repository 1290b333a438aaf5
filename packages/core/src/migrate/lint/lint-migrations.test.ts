import { legal } from '../__testUtils__/legal-cases';
import { found } from '../__testUtils__/lint-cases';
import { setOf } from '../__testUtils__/sql-files';
import { lintMigrations } from './lint-migrations';

describe('lintMigrations', () => {
  it.each(found)(
    'finds $code in $sql after $before',
    ({ before, sql, code, severity }) => {
      const set = setOf({
        '0001_before.sql': before,
        '0002_change.sql': `-- the change\n\n${sql};\n`,
      });
      expect(lintMigrations(set, set.migrations.slice(1))).toEqual([
        expect.objectContaining({
          code,
          severity,
          file: '0002_change.sql',
          line: 3,
          message: expect.any(String),
          hint: expect.any(String),
        }),
      ]);
    },
  );

  it.each(legal)('after %s finds nothing in %s', (before, sql) => {
    const set = setOf({ '0001_before.sql': before, '0002_change.sql': sql });
    expect(lintMigrations(set, set.migrations.slice(1))).toEqual([]);
  });

  it('finds every statement of a file, at its line, and what its asserts read', () => {
    const set = setOf({
      '0001_a.sql':
        "-- dojo:assert SELECT count(*) = 0 FROM 'x.csv'\nBEGIN;\nSELECT 1;\n  COMMIT;",
    });
    expect(
      lintMigrations(set, set.migrations).map(({ code, line }) => [code, line]),
    ).toEqual([
      ['LINT_FILE_ACCESS', 1],
      ['LINT_EMBEDDED_TRANSACTION', 2],
      ['LINT_EMBEDDED_TRANSACTION', 4],
    ]);
  });

  it('reports on the files that it is asked about, and on caches with what all migrations made', () => {
    const set = setOf({
      '0001_a.sql': 'BEGIN; CREATE TABLE t (a INTEGER PRIMARY KEY)',
      'caches/t.sql': 'CREATE OR REPLACE TABLE t AS SELECT 1 AS a',
    });
    expect(lintMigrations(set, set.caches)).toEqual([
      expect.objectContaining({
        code: 'LINT_REPLACE_TABLE',
        file: 'caches/t.sql',
      }),
    ]);
  });

  it('says of a file that it will be split, unless the file says so itself', () => {
    const sql = 'UPDATE t SET a = 1; ALTER TABLE t ADD COLUMN b INTEGER';
    const set = setOf({
      '0001_a.sql': sql,
      '0002_b.sql': `-- dojo:split\n${sql}`,
    });
    expect(lintMigrations(set, set.migrations)).toEqual([
      expect.objectContaining({
        code: 'LINT_SPLIT',
        severity: 'note',
        file: '0001_a.sql',
      }),
    ]);
  });
});
