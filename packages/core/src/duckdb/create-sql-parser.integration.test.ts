import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setOf } from '../migrate/__testUtils__/sql-files';
import { createSqlParser } from './create-sql-parser';

const parse = async (files: Readonly<Record<string, string>>) =>
  createSqlParser().findSyntaxErrors(
    setOf(files).migrations,
    new AbortController().signal,
  );

describe('createSqlParser', () => {
  it('finds nothing where DuckDB parses, whatever it would do with it', async () => {
    await expect(
      parse({
        '0001_a.sql':
          '-- dojo:assert SELECT true\nCREATE TABLE t(a INTEGER);\nSELECT no FROM nowhere;',
        '0002_b.sql': 'PIVOT x ON y USING sum(z); EXECUTE p(1)',
      }),
    ).resolves.toEqual([]);
  });

  it.each<[string, string, number, string]>([
    [
      'a misspelt word',
      '-- why\n\nCREATE TABLE t(a INTEGER);\n\n  SELEC 2;\nSELECT 3;',
      5,
      'DuckDB cannot read it: Parser Error: syntax error at or near "SELEC"',
    ],
    [
      'an end that is missing',
      'SELECT 1;\nCREATE TABLE t(a INTEGER\n',
      2,
      'DuckDB cannot read it: Parser Error: syntax error at end of input',
    ],
    [
      'what DuckDB reads but does not support',
      'SELECT 1;\n\nALTER TABLE t\n  ADD COLUMN a INTEGER NOT NULL;\nSELECT 2;\nSELECT 3;',
      3,
      'DuckDB cannot read it: Parser Error: Adding columns with constraints not yet supported',
    ],
    [
      'a bad assert',
      '-- why\n-- dojo:assert SELECT FROM\nSELECT 1;',
      2,
      'DuckDB cannot read it: Parser Error: syntax error at end of input',
    ],
  ])('finds %s, with its line', async (_, sql, line, message) => {
    await expect(parse({ '0001_a.sql': sql })).resolves.toEqual([
      {
        code: 'SQL_SYNTAX',
        severity: 'error',
        file: '0001_a.sql',
        line,
        message,
        hint: 'Correct the SQL.',
      },
    ]);
  });

  it('finds one in each file', async () => {
    const found = await parse({
      '0001_a.sql': 'SELEC 1',
      '0002_b.sql': 'SELECT 1',
      '0003_c.sql': 'SELEC 1',
    });
    expect(found.map(({ file }) => file)).toEqual(['0001_a.sql', '0003_c.sql']);
  });

  it('opens no file, also where DuckDB reads one to parse', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dojo-parser-test-'));
    try {
      writeFileSync(join(folder, 'schema.sql'), 'SECRET;');
      writeFileSync(join(folder, 'load.sql'), '');
      await expect(
        parse({ '0001_a.sql': `SELECT 1;\nIMPORT DATABASE '${folder}';` }),
      ).resolves.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('stops with the signal', async () => {
    const { migrations } = setOf({ '0001_a.sql': 'SELECT 1' });
    const reason = new Error('enough');
    await expect(
      createSqlParser().findSyntaxErrors(migrations, AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
  });
});
