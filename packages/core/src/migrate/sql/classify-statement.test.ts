import { classifyStatement } from './classify-statement';
import { lexSql } from './sql-lexer';

describe('classifyStatement', () => {
  it.each<[string, string, string]>([
    ['create table t (a int)', 'CREATE TABLE', 'ddl'],
    ['CREATE TABLE t AS SELECT 1', 'CREATE TABLE', 'ddl'],
    [
      'CREATE OR REPLACE TEMP TABLE t AS FROM u',
      'CREATE OR REPLACE TEMP TABLE',
      'ddl',
    ],
    ['CREATE UNIQUE INDEX i ON t(a)', 'CREATE UNIQUE INDEX', 'ddl'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1', 'CREATE OR REPLACE VIEW', 'ddl'],
    ['CREATE MACRO m(a) AS a', 'CREATE MACRO', 'ddl'],
    ['CREATE "odd"', 'CREATE', 'ddl'],
    ['ALTER TABLE t ADD COLUMN b INT', 'ALTER TABLE', 'ddl'],
    ['DROP VIEW IF EXISTS v', 'DROP VIEW', 'ddl'],
    ["COMMENT ON TABLE t IS 'x'", 'COMMENT ON', 'ddl'],
    ['INSERT OR REPLACE INTO t VALUES (1)', 'INSERT', 'dml'],
    ['UPDATE t SET a = 1', 'UPDATE', 'dml'],
    ['DELETE FROM t', 'DELETE', 'dml'],
    ['TRUNCATE t', 'TRUNCATE', 'dml'],
    ['MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE', 'MERGE', 'dml'],
    ['WITH x AS (DELETE) INSERT INTO t FROM x', 'INSERT', 'dml'],
    [
      'WITH x(a) AS NOT MATERIALIZED (SELECT 1), y AS (SELECT 2) UPDATE t SET a = 1',
      'UPDATE',
      'dml',
    ],
    ['WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x', 'SELECT', 'other'],
    ['WITH "insert" AS (SELECT 1) FROM "insert"', 'FROM', 'other'],
    ['WITH x AS (SELECT 1) (SELECT * FROM x)', 'WITH', 'other'],
    ["COPY t FROM 'x.csv'", 'COPY', 'dml'],
    ["COPY (SELECT 1 FROM t) TO 'x.csv'", 'COPY', 'other'],
    ['COPY FROM DATABASE a TO b', 'COPY', 'ddl'],
    ['PIVOT t ON a USING sum(b)', 'PIVOT', 'other'],
    ['(SELECT 1) UNION (SELECT 2)', 'SELECT', 'other'],
    ['EXPLAIN DELETE FROM t', 'EXPLAIN', 'other'],
    ['EXPLAIN ANALYZE DELETE FROM t', 'EXPLAIN ANALYZE', 'other'],
    ['EXPLAIN ANALYSE ROLLBACK', 'EXPLAIN ANALYZE', 'other'],
    ['EXPLAIN ("Analyse") ROLLBACK', 'EXPLAIN ANALYZE', 'other'],
    ['EXPLAIN (FORMAT json) DELETE FROM t', 'EXPLAIN', 'other'],
    ['EXPLAIN (FORMAT json, analyze) ROLLBACK', 'EXPLAIN ANALYZE', 'other'],
    ["EXPORT DATABASE 'x'", 'EXPORT DATABASE', 'other'],
    ['FORCE CHECKPOINT', 'FORCE CHECKPOINT', 'other'],
    ['UPDATE EXTENSIONS', 'UPDATE EXTENSIONS', 'other'],
    ['UPDATE EXTENSIONS (fts)', 'UPDATE EXTENSIONS', 'other'],
    ['UPDATE extensions SET a = 1', 'UPDATE', 'dml'],
    ['UPDATE extensions.t SET a = 1', 'UPDATE', 'dml'],
    ['PRAGMA table_info(t)', 'PRAGMA', 'other'],
    ['SET VARIABLE x = 1', 'SET', 'other'],
    ['"quoted"', '"quoted"', 'other'],
  ])('names %s', (sql, verb, kind) => {
    expect(classifyStatement(lexSql(sql).tokens)).toEqual({ verb, kind });
  });
});
