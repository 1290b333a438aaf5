/** Statements that DuckDB 1.5 runs one by one and not in one transaction. */
export interface MixCase {
  readonly before: string;
  readonly sql: string;
  /** Whether the text alone tells, or only what DuckDB says when it runs. */
  readonly seen: 'beforehand' | 'at run time';
}

const table =
  'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER); INSERT INTO t SELECT range, range FROM range(10)';

/** The table of docs/reference/migrations.md, in cases. */
export const mixes: readonly MixCase[] = [
  {
    before: table,
    sql: 'UPDATE t SET a = 1; ALTER TABLE t ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'WITH x AS (SELECT 1 AS one) UPDATE t SET a = 1; ALTER TABLE main."T" ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'DELETE FROM t; ALTER TABLE t ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'UPDATE t SET a = 1; CREATE INDEX i ON t(a)',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'ALTER TABLE t ADD COLUMN b INTEGER; UPDATE t SET b = 1; ALTER TABLE t ALTER b SET NOT NULL',
    seen: 'beforehand',
  },
  {
    before: `${table}; UPDATE t SET a = 5 WHERE id = 6`,
    sql: 'DELETE FROM t WHERE id = 6; CREATE UNIQUE INDEX i ON t(a)',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'DELETE FROM t WHERE id = 1; ALTER TABLE t ADD COLUMN b INTEGER; INSERT INTO t VALUES (1, 1, 1)',
    seen: 'beforehand',
  },
  {
    before: `${table}; CREATE INDEX i ON t(a)`,
    sql: 'DROP INDEX i; ALTER TABLE t ALTER a TYPE BIGINT',
    seen: 'beforehand',
  },
  {
    before: `${table}; CREATE INDEX i ON t(a)`,
    sql: 'DROP INDEX i; ALTER TABLE t DROP COLUMN a',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'ALTER TABLE t ADD COLUMN b TIMESTAMP DEFAULT now(); ALTER TABLE t ADD COLUMN c INTEGER',
    seen: 'beforehand',
  },
  {
    before: `${table}; CREATE TABLE c (tid INTEGER REFERENCES t(id)); INSERT INTO c VALUES (1)`,
    sql: 'DELETE FROM c; DELETE FROM t',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'INSERT OR REPLACE INTO t VALUES (1, 5); ALTER TABLE t ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'INSERT INTO t VALUES (1, 5) ON CONFLICT DO UPDATE SET a = 9; ALTER TABLE t ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'TRUNCATE TABLE t; ALTER TABLE t ADD COLUMN b INTEGER',
    seen: 'beforehand',
  },
  {
    before: table,
    sql: 'MERGE INTO t USING (SELECT 1 AS id) AS s ON t.id = s.id WHEN MATCHED THEN DELETE; ALTER TABLE t DROP COLUMN a',
    seen: 'beforehand',
  },
  {
    before: `${table}; CREATE TABLE c (tid INTEGER REFERENCES t(id)); INSERT INTO c VALUES (1)`,
    sql: 'DELETE FROM c; UPDATE t SET id = 100 WHERE id = 1',
    seen: 'at run time',
  },
  {
    before: table,
    sql: 'INSERT INTO t VALUES (10, 1); CALL checkpoint()',
    seen: 'at run time',
  },
  {
    before: 'CREATE SCHEMA s; CREATE TABLE s.t (a INTEGER)',
    sql: 'INSERT INTO s.t VALUES (1); DROP SCHEMA s CASCADE',
    seen: 'at run time',
  },
  {
    before:
      'CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1), (2); CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id)); INSERT INTO c VALUES (1, 1)',
    sql: 'PREPARE s AS UPDATE c SET pid = 2; EXECUTE s; ALTER TABLE c ADD COLUMN z INTEGER',
    seen: 'beforehand',
  },
];
