import { lexSql } from './sql-lexer';
import { splitStatements } from './split-statements';

const split = (sql: string) =>
  splitStatements(sql, lexSql(sql).tokens).map(({ statement }) => statement);

describe('splitStatements', () => {
  it('cuts at semicolons, and tells text, line, verb and kind', () => {
    expect(
      split(
        "-- head\n\nCREATE TABLE t (\n  a INT -- one\n);\n/* two */ INSERT INTO t\n  VALUES (';') /* end */;; ;\n\nSELECT 1",
      ),
    ).toEqual([
      {
        text: 'CREATE TABLE t (\n  a INT -- one\n)',
        line: 3,
        verb: 'CREATE TABLE',
        kind: 'ddl',
      },
      {
        text: "INSERT INTO t\n  VALUES (';')",
        line: 6,
        verb: 'INSERT',
        kind: 'dml',
      },
      { text: 'SELECT 1', line: 9, verb: 'SELECT', kind: 'other' },
    ]);
  });

  it.each(['', ' ', ';;', '-- nothing', '/* ; */ ;'])(
    'finds no statement in %j',
    sql => {
      expect(split(sql)).toEqual([]);
    },
  );
});
