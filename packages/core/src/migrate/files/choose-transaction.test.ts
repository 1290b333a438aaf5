import { setOf } from '../__testUtils__/sql-files';
import { mixes } from '../__testUtils__/mix-cases';
import { chooseTransaction, isMixError } from './choose-transaction';

const choose = (sql: string, before = 'SELECT 1') => {
  const set = setOf({ '0001_a.sql': before, '0002_b.sql': sql });
  return chooseTransaction(set.migrations[1], set);
};

describe('chooseTransaction', () => {
  it.each(mixes.filter(({ seen }) => seen === 'beforehand'))(
    'splits $sql',
    ({ sql }) => {
      expect(choose(sql)).toEqual({
        transaction: 'statement',
        reason: expect.stringMatching(/^it(?:s|) /),
      });
    },
  );

  it('splits what asks for it', () => {
    expect(choose('-- dojo:split\nSELECT 1')).toEqual({
      transaction: 'statement',
      reason: '-- dojo:split',
    });
  });

  it('splits a file that checkpoints', () => {
    expect(choose('CREATE TABLE t (a INT); CHECKPOINT')).toMatchObject({
      transaction: 'statement',
    });
  });

  it.each([
    'DELETE FROM p WHERE id = 2; INSERT INTO c VALUES (2, 2)',
    'UPDATE p SET id = 4 WHERE id = 2; UPDATE c SET pid = 2',
    'MERGE INTO p USING s USING (id) WHEN MATCHED THEN DELETE; INSERT INTO c VALUES (2, 2)',
    'INSERT INTO t VALUES (NULL); ALTER TABLE t ADD PRIMARY KEY (a)',
    'CREATE TABLE t AS SELECT NULL AS a; ALTER TABLE t ADD PRIMARY KEY (a)',
    'PREPARE s AS DELETE FROM p; EXECUTE s; INSERT INTO c VALUES (2, 2)',
  ])('splits %s, whose keys DuckDB would not look at', sql => {
    expect(choose(sql)).toMatchObject({ transaction: 'statement' });
  });

  it.each([
    ['INSERT INTO t(n) VALUES (1); UPDATE t SET id = rowid', ''],
    ['INSERT INTO t(n) VALUES (1); DELETE FROM t WHERE t."RowID" > 0', ''],
    [
      'INSERT INTO t VALUES (1); INSERT INTO u FROM numbered',
      'CREATE VIEW IF NOT EXISTS s.numbered AS SELECT rowid AS id, n FROM t',
    ],
    [
      'INSERT INTO t VALUES (1); INSERT INTO u FROM outermost()',
      'CREATE VIEW v AS SELECT rowid AS id FROM t; CREATE MACRO outermost() AS TABLE FROM v',
    ],
  ])(
    'splits %s, since of a row of one transaction rowid is another later',
    (sql, before) => {
      expect(choose(sql, before || undefined)).toEqual({
        transaction: 'statement',
        reason: expect.stringMatching(/^it uses rowid/),
      });
    },
  );

  it.each([
    "INSERT INTO t VALUES ('rowid'); UPDATE t SET a = 1 -- not by rowid",
    'SELECT 1',
    'ALTER TABLE t ADD PRIMARY KEY (a)',
    'INSERT INTO p VALUES (3); INSERT INTO c VALUES (3, 3)',
    'CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1); CREATE INDEX i ON t(a)',
    'INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN b INTEGER',
    'ALTER TABLE t ADD COLUMN b INTEGER; UPDATE t SET b = 1',
    'ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 1; ALTER TABLE t ADD COLUMN c INTEGER',
    'UPDATE t SET a = 1; ALTER TABLE u ADD COLUMN b INTEGER',
    'DELETE FROM t; DELETE FROM t WHERE a = 1',
    "SELECT 'UPDATE t'; ALTER TABLE t ADD COLUMN b INTEGER",
  ])('keeps %s together', sql => {
    expect(choose(sql)).toEqual({ transaction: 'one' });
  });
});

describe('isMixError', () => {
  it.each([
    'Parser Error: syntax error at or near "x"',
    "Conversion Error: Could not convert string 'x' to INT32",
    'Constraint Error: NOT NULL constraint failed: t.a',
    'Catalog Error: Table with name t does not exist!',
    'Constraint Error: CHECK constraint failed on table t',
  ])('is not %s', message => {
    expect(isMixError(message)).toBe(false);
  });
});
