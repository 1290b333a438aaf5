import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Several vectors of DuckDB (2,048 rows each), and quick to write. */
const rows = 20_000;

/**
 * Migrations that leave an in-place migrator with a file which no longer opens, or that no one transaction can run:
 * function defaults, backfills, an index on what was just updated, the type of an indexed column. By file name.
 */
export const hardMigrations: Readonly<Record<string, string>> = {
  '0001_core.sql': `CREATE SEQUENCE s;
CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);
INSERT INTO t SELECT range, range % 7 FROM range(${rows});
`,
  '0002_defaults.sql':
    'ALTER TABLE t ADD COLUMN created TIMESTAMP DEFAULT now();\n',
  '0003_uuid.sql': 'ALTER TABLE t ADD COLUMN u UUID DEFAULT uuid();\n',
  '0004_backfill.sql': `ALTER TABLE t ADD COLUMN b INTEGER;
UPDATE t SET b = a * 2;
ALTER TABLE t ALTER COLUMN b SET NOT NULL;
`,
  '0005_index.sql': `UPDATE t SET a = a + 1;
CREATE INDEX t_a ON t (a);
`,
  '0006_type.sql': `DROP INDEX t_a;
ALTER TABLE t ALTER COLUMN a TYPE BIGINT;
`,
  '0007_sequence.sql':
    "ALTER TABLE t ADD COLUMN n BIGINT DEFAULT nextval('s');\n",
};

/** Each gives one text; together they tell apart every state that {@link hardMigrations} may leave. */
export const hardQueries: readonly string[] = [
  "SELECT string_agg(id, ' ' ORDER BY id) FROM applied_migrations",
  "SELECT count(*) || ' ' || sum(id) || ' ' || sum(a) || ' ' || min(id) || ' ' || max(id) FROM t",
  "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_name) FROM information_schema.columns WHERE table_name = 't'",
  "SELECT coalesce(string_agg(index_name, ' '), 'no index') FROM duckdb_indexes()",
];

/** Writes migrations to a folder. @param count - only the first so many; default: all. */
export function writeMigrations(
  folder: string,
  migrations: Readonly<Record<string, string>>,
  count = Infinity,
): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, sql] of Object.entries(migrations).slice(0, count)) {
    writeFileSync(join(folder, name), sql);
  }
  return folder;
}
