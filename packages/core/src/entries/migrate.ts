/**
 * The migrate engine, and its adapters for DuckDB and for folders of migrations.
 *
 * @packageDocumentation
 */
export { createDatabaseHolder } from '../duckdb/create-database-holder';
export type { DatabaseHolderOptions } from '../duckdb/create-database-holder';
export { readDatabaseStatus } from '../duckdb/read-database-status';
export type { ReadDatabaseStatusOptions } from '../duckdb/read-database-status';
export { createSqlParser } from '../duckdb/create-sql-parser';
export { limitEngine } from '../duckdb/engine/engine-limits';
export type { EngineLimits } from '../duckdb/engine/engine-limits';
export { openAhead as openDuckdbAhead } from '../duckdb/engine/open-session';
export { createFolderSource } from '../local/folder-source';
export { checkMigrations } from '../migrate/check';
export type { CheckOptions, CheckRequest } from '../migrate/check';
export { isBreaking } from '../migrate/files/is-breaking';
export type { MigrationFile } from '../migrate/files/migration';
export { migrate } from '../migrate/migrate';
export type { MigrateOptions } from '../migrate/migrate';
export type {
  DatabaseHolder,
  HeldDatabase,
  MigrationPorts,
  MigrationSource,
  PreparedDatabase,
  SqlParser,
} from '../migrate/ports';
