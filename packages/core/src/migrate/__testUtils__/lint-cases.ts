import { indexed, keyed, related, table } from './lint-tables';

/** A statement, what there is before it, and what lint says of it. Statements are parted by `; `. */
export interface LintCase {
  readonly before: string;
  readonly sql: string;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  /** For a rewrite that leaves the columns of the new table to the reader: those. */
  readonly columns?: string;
  /** DuckDB runs it, but it leaves the transaction or the database of the migration. */
  readonly escapes?: boolean;
}

const error = (
  before: string,
  sql: string,
  code: string,
  more: Partial<LintCase> = {},
): LintCase => ({ before, sql, code, severity: 'error', ...more });
const escape = (sql: string, code: string): LintCase =>
  error(table, sql, code, { escapes: true });

/** What lint finds something in. */
export const found: readonly LintCase[] = [
  escape('BEGIN', 'LINT_EMBEDDED_TRANSACTION'),
  escape('START TRANSACTION', 'LINT_EMBEDDED_TRANSACTION'),
  escape('commit', 'LINT_EMBEDDED_TRANSACTION'),
  escape('END', 'LINT_EMBEDDED_TRANSACTION'),
  escape('ROLLBACK', 'LINT_EMBEDDED_TRANSACTION'),
  escape('ABORT', 'LINT_EMBEDDED_TRANSACTION'),
  escape("ATTACH ':memory:' AS other", 'LINT_OTHER_DATABASE'),
  escape('DETACH memory', 'LINT_OTHER_DATABASE'),
  escape('USE memory', 'LINT_OTHER_DATABASE'),
  escape('ALTER DATABASE ledger SET ALIAS TO other', 'LINT_OTHER_DATABASE'),
  escape("SET schema = 'main'", 'LINT_OTHER_DATABASE'),
  escape("SET SESSION search_path = 'main'", 'LINT_OTHER_DATABASE'),
  escape('COPY FROM DATABASE a TO b', 'LINT_OTHER_DATABASE'),
  error(table, 'CREATE INDEX i ON t USING HNSW (a)', 'LINT_EXTENSION'),
  error(table, "COPY t TO 'out.csv'", 'LINT_FILE_ACCESS'),
  error(table, "COPY t FROM 'in.csv'", 'LINT_FILE_ACCESS'),
  error(table, "COPY (SELECT 1) TO 'out.csv' (HEADER)", 'LINT_FILE_ACCESS'),
  error(table, "EXPORT DATABASE 'folder'", 'LINT_FILE_ACCESS'),
  error(table, "IMPORT DATABASE 'folder'", 'LINT_FILE_ACCESS'),
  error(table, "INSERT INTO t FROM read_csv('in.csv')", 'LINT_FILE_ACCESS'),
  error(table, "CREATE VIEW v AS FROM 'in.parquet'", 'LINT_FILE_ACCESS'),
  error(table, "SELECT * FROM t JOIN 'x/in.csv' ON true", 'LINT_FILE_ACCESS'),
  error(table, "SELECT * FROM glob('*')", 'LINT_FILE_ACCESS'),
  error(table, `SELECT * FROM "read_text"('in.csv')`, 'LINT_FILE_ACCESS'),
  error(
    table,
    "SELECT * FROM system.main.read_text('in.csv')",
    'LINT_FILE_ACCESS',
  ),
  error(table, "SELECT * FROM t, read_csv('in.csv')", 'LINT_FILE_ACCESS'),
  error(table, "SELECT * FROM t, 'in.csv' WHERE true", 'LINT_FILE_ACCESS'),
  error(
    table,
    "SELECT * FROM t JOIN t AS u ON t.a = u.a, 'x/in.csv'",
    'LINT_FILE_ACCESS',
  ),
  error(table, "SELECT * FROM (read_csv('in.csv'))", 'LINT_FILE_ACCESS'),
  error(table, "CALL read_text('in.csv')", 'LINT_FILE_ACCESS'),
  error(table, "SUMMARIZE 'in.csv'", 'LINT_FILE_ACCESS'),
  error(table, "DELETE FROM t USING 'in.csv'", 'LINT_FILE_ACCESS'),
  escape(
    'CREATE MACRO "Read_Text"(f) AS TABLE SELECT 1 AS content',
    'LINT_FILE_ACCESS',
  ),
  error(
    table,
    "SELECT trim(BOTH '/' FROM (SELECT a FROM 'x.csv'))",
    'LINT_FILE_ACCESS',
  ),
  error(
    table,
    "CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')",
    'LINT_FILE_ACCESS',
  ),
  error(table, 'INSTALL json', 'LINT_EXTENSION'),
  error(table, 'FORCE INSTALL json', 'LINT_EXTENSION'),
  error(table, 'LOAD fts', 'LINT_EXTENSION'),
  error(table, 'UPDATE EXTENSIONS', 'LINT_EXTENSION'),
  escape('SET threads = 2', 'LINT_CONFIGURATION'),
  escape('SET GLOBAL threads = 2', 'LINT_CONFIGURATION'),
  escape("SET TimeZone = 'UTC'", 'LINT_CONFIGURATION'),
  escape('RESET threads', 'LINT_CONFIGURATION'),
  escape('PRAGMA threads = 2', 'LINT_CONFIGURATION'),
  escape('PRAGMA enable_profiling', 'LINT_CONFIGURATION'),
  escape('PRAGMA "enable_profiling"', 'LINT_CONFIGURATION'),
  escape('CALL enable_profiling()', 'LINT_CONFIGURATION'),
  escape('CALL "Enable_Logging"()', 'LINT_CONFIGURATION'),
  escape('CALL system.main.enable_logging()', 'LINT_CONFIGURATION'),
  escape('SELECT * FROM t, enable_profiling()', 'LINT_CONFIGURATION'),
  escape('SELECT * FROM (enable_profiling())', 'LINT_CONFIGURATION'),
  escape('SELECT * FROM Enable_Peg_Parser()', 'LINT_CONFIGURATION'),
  escape('EXPLAIN ANALYZE ROLLBACK', 'LINT_EXPLAIN_ANALYZE'),
  escape('EXPLAIN (ANALYZE) DELETE FROM t', 'LINT_EXPLAIN_ANALYZE'),
  escape('EXPLAIN ANALYSE ROLLBACK', 'LINT_EXPLAIN_ANALYZE'),
  escape('EXPLAIN (FORMAT json, "Analyze") ROLLBACK', 'LINT_EXPLAIN_ANALYZE'),
  escape("INSERT INTO applied_migrations VALUES ('x')", 'LINT_BOOKKEEPING'),
  escape('DELETE FROM "Applied_Migrations"', 'LINT_BOOKKEEPING'),
  escape('DROP TABLE main.applied_migrations_meta', 'LINT_BOOKKEEPING'),
  escape(
    'ALTER TABLE applied_migrations ADD COLUMN x INTEGER',
    'LINT_BOOKKEEPING',
  ),
  escape('CREATE TABLE applied_migrations (id VARCHAR)', 'LINT_BOOKKEEPING'),
  escape('DROP TABLE l.applied_migrations', 'LINT_BOOKKEEPING'),
  escape('DROP TABLE l.main."applied_migrations"', 'LINT_BOOKKEEPING'),
  escape('UPDATE l.applied_migrations_meta SET a = 1', 'LINT_BOOKKEEPING'),
  escape('CREATE VIEW applied_migrations AS SELECT 1', 'LINT_BOOKKEEPING'),
  escape(
    'CREATE OR REPLACE RECURSIVE VIEW l.applied_migrations (a) AS SELECT 1',
    'LINT_BOOKKEEPING',
  ),
  escape('DROP VIEW IF EXISTS applied_migrations', 'LINT_BOOKKEEPING'),
  escape('ALTER VIEW w RENAME TO applied_migrations', 'LINT_BOOKKEEPING'),
  escape('ALTER TABLE w RENAME TO Applied_Migrations', 'LINT_BOOKKEEPING'),
  escape('PREPARE p AS DELETE FROM applied_migrations', 'LINT_BOOKKEEPING'),
  {
    before: table,
    sql: 'CHECKPOINT',
    code: 'LINT_CHECKPOINT',
    severity: 'warning',
  },
  {
    before: table,
    sql: 'FORCE CHECKPOINT',
    code: 'LINT_CHECKPOINT',
    severity: 'warning',
  },
  { before: table, sql: 'VACUUM', code: 'LINT_VACUUM', severity: 'note' },
  { before: table, sql: 'LOAD icu', code: 'LINT_EXTENSION', severity: 'note' },
  {
    before: table,
    sql: 'CREATE TEMP TABLE x AS SELECT 1 AS a',
    code: 'LINT_TEMPORARY',
    severity: 'warning',
  },
  {
    before: indexed,
    sql: 'CREATE OR REPLACE TABLE t AS SELECT 1 AS a',
    code: 'LINT_REPLACE_TABLE',
    severity: 'warning',
    columns: 'a INTEGER, b INTEGER',
  },
  {
    before: keyed,
    sql: 'CREATE OR REPLACE TABLE "T" (a INTEGER)',
    code: 'LINT_REPLACE_TABLE',
    severity: 'warning',
    columns: 'a INTEGER, id INTEGER, b INTEGER, u INTEGER, c INTEGER',
  },
  {
    before: table,
    sql: 'ALTER TABLE t ADD COLUMN made TIMESTAMP DEFAULT now()',
    code: 'LINT_COMPUTED_DEFAULT',
    severity: 'note',
  },
  {
    before: table,
    sql: 'ALTER TABLE t ADD COLUMN made TIMESTAMP DEFAULT current_timestamp',
    code: 'LINT_COMPUTED_DEFAULT',
    severity: 'note',
  },
  error(
    table,
    'ALTER TABLE t ADD COLUMN x INTEGER NOT NULL DEFAULT 7',
    'LINT_ADD_COLUMN_NOT_NULL',
  ),
  error(
    table,
    "ALTER TABLE t ADD x VARCHAR DEFAULT concat('a', 'b') CONSTRAINT filled NOT NULL",
    'LINT_ADD_COLUMN_NOT_NULL',
  ),
  error(
    table,
    'ALTER TABLE t ADD COLUMN IF NOT EXISTS x DECIMAL(18, 2) NOT NULL',
    'LINT_ADD_COLUMN_NOT_NULL',
    { columns: '0' },
  ),
  error(
    indexed,
    'ALTER TABLE t ADD COLUMN x INTEGER NOT NULL DEFAULT 7',
    'LINT_ADD_COLUMN_NOT_NULL',
  ),
  error(
    table,
    'ALTER TABLE t ADD COLUMN x INTEGER UNIQUE',
    'LINT_ADD_COLUMN_CONSTRAINT',
  ),
  error(
    table,
    'ALTER TABLE t ADD COLUMN x INTEGER DEFAULT 1 CHECK (x > 0)',
    'LINT_ADD_COLUMN_CONSTRAINT',
    { columns: 'a INTEGER, b INTEGER, x INTEGER DEFAULT 1 CHECK (x > 0)' },
  ),
  error(
    'CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER)',
    'ALTER TABLE t ADD COLUMN x INTEGER REFERENCES p(id)',
    'LINT_ADD_COLUMN_CONSTRAINT',
    { columns: 'a INTEGER, x INTEGER REFERENCES p(id)' },
  ),
  error(
    table,
    'ALTER TABLE t ADD COLUMN x INTEGER GENERATED ALWAYS AS (a + 1)',
    'LINT_ADD_GENERATED_COLUMN',
    { columns: 'a INTEGER, b INTEGER, x INTEGER GENERATED ALWAYS AS (a + 1)' },
  ),
  error(indexed, 'ALTER TABLE t ADD CHECK (a > 0)', 'LINT_ALTER_CONSTRAINT', {
    columns: 'a INTEGER CHECK (a > 0), b INTEGER',
  }),
  error(
    table,
    'ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)',
    'LINT_ALTER_CONSTRAINT',
    { columns: 'a INTEGER UNIQUE, b INTEGER' },
  ),
  error(
    table,
    'ALTER TABLE "t" DROP CONSTRAINT IF EXISTS u',
    'LINT_ALTER_CONSTRAINT',
    { columns: 'a INTEGER, b INTEGER' },
  ),
  error(indexed, 'ALTER TABLE t RENAME TO "T 2"', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t RENAME a TO z', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t RENAME COLUMN b TO z', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t DROP COLUMN a', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t DROP b', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t ALTER b TYPE BIGINT', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t ALTER b SET NOT NULL', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t ALTER b DROP NOT NULL', 'LINT_ALTER_INDEXED'),
  error(indexed, 'ALTER TABLE t ADD PRIMARY KEY (b)', 'LINT_ALTER_INDEXED'),
  error(
    'CREATE SCHEMA s; CREATE TABLE s.t (a INTEGER); CREATE UNIQUE INDEX x ON s.t (a)',
    'ALTER TABLE s.t RENAME a TO z',
    'LINT_ALTER_INDEXED',
  ),
  error(
    'CREATE TABLE t (s STRUCT(x INTEGER), b INTEGER); CREATE INDEX i ON t((b + 1))',
    'ALTER TABLE t ADD COLUMN s.y INTEGER',
    'LINT_ALTER_INDEXED',
  ),
  error(
    'CREATE TABLE "a.b" (a INTEGER); CREATE INDEX "i.x" ON "a.b" (a)',
    'ALTER TABLE "a.b" RENAME TO c',
    'LINT_ALTER_INDEXED',
  ),
  error(related, 'ALTER TABLE p RENAME TO q', 'LINT_ALTER_REFERENCED'),
  error(related, 'ALTER TABLE p ALTER n TYPE BIGINT', 'LINT_ALTER_REFERENCED'),
  error(
    `${related}; ALTER TABLE t RENAME TO q`,
    'ALTER TABLE p RENAME n TO m',
    'LINT_ALTER_REFERENCED',
  ),
  error(related, 'DROP TABLE p', 'LINT_DROP_REFERENCED'),
  error(
    related,
    'CREATE OR REPLACE TABLE p (id INTEGER)',
    'LINT_DROP_REFERENCED',
  ),
  error(keyed, 'ALTER TABLE t ALTER id TYPE BIGINT', 'LINT_ALTER_KEY', {
    columns: 'a INTEGER, id BIGINT, b INTEGER, u INTEGER, c INTEGER',
  }),
  error(keyed, 'ALTER TABLE t ALTER u SET DATA TYPE BIGINT', 'LINT_ALTER_KEY', {
    columns: 'a INTEGER, id INTEGER, b INTEGER, u BIGINT, c INTEGER',
  }),
  error(keyed, 'ALTER TABLE t ALTER c TYPE BIGINT', 'LINT_ALTER_KEY', {
    columns: 'a INTEGER, id INTEGER, b INTEGER, u INTEGER, c BIGINT',
  }),
  error(keyed, 'ALTER TABLE t DROP COLUMN id', 'LINT_ALTER_KEY'),
  error(keyed, 'ALTER TABLE t DROP COLUMN b', 'LINT_ALTER_KEY'),
  error(related, 'ALTER TABLE t DROP COLUMN a', 'LINT_ALTER_KEY'),
  error(related, 'ALTER TABLE t RENAME pid TO q', 'LINT_ALTER_KEY'),
  error(
    'CREATE TABLE t (a INTEGER, b INTEGER, UNIQUE (b)); ALTER TABLE t RENAME b TO z',
    'ALTER TABLE t ALTER z TYPE BIGINT',
    'LINT_ALTER_KEY',
    { columns: 'a INTEGER, z BIGINT' },
  ),
  error(
    `${table}; ALTER TABLE t ADD PRIMARY KEY (a)`,
    'ALTER TABLE t ALTER a TYPE BIGINT',
    'LINT_ALTER_KEY',
    { columns: 'a BIGINT, b INTEGER' },
  ),
];
