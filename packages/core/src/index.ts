/**
 * The dojo engines and their adapters.
 *
 * @packageDocumentation
 */
export { createFolderSource } from './local/folder-source';
export { createDatabaseHolder } from './duckdb/create-database-holder';
export type { DatabaseHolderOptions } from './duckdb/create-database-holder';
export { createSqlParser } from './duckdb/create-sql-parser';
export { openAhead as openDuckdbAhead } from './duckdb/engine/duckdb-session';
export { settle } from './effect/effect';
export type { Effect, Found, SettleOptions } from './effect/effect';
export { createForgeOpener } from './forge/create-forge-opener';
export type {
  ForgeOpenerOptions,
  GithubConfig,
} from './forge/create-forge-opener';
export { createGitOpener } from './git/git-opener';
export type { GitOpenerOptions } from './git/git-opener';
export type { LocalRoot } from './git/local-repository';
export { readTaggedFolder } from './repository/tagged-folder';
export type {
  FolderRepository,
  TaggedFolder,
} from './repository/tagged-folder';
export { createTemporaryFolder } from './local/temporary-folder';
export type { TemporaryFolder } from './local/temporary-folder';
export type { FolderFile, FolderToRead } from './repository/repository-data';
export { checkMigrations } from './migrate/check';
export type { CheckOptions, CheckRequest } from './migrate/check';
export { migrate } from './migrate/migrate';
export type { MigrateOptions } from './migrate/migrate';
export type { MigrationFile } from './migrate/files/migration';
export type {
  HeldDatabase,
  DatabaseHolder,
  MigrationPorts,
  MigrationSource,
  PreparedDatabase,
  SqlParser,
} from './migrate/ports';
export { createImageOpener } from './oci/create-image-opener';
export type {
  ImageOpenerOptions,
  RegistryConfig,
} from './oci/create-image-opener';
export { readDockerConfig } from './oci/docker-config';
export { parseImageRepository } from './oci/parse-image-repository';
export { parseCommitLog, reportCommits } from './release/report-commits';
export type { ReportCommitsOptions } from './release/report-commits';
export { release } from './release/release';
export type { ReleaseOptions } from './release/release';
export type {
  Forge,
  ForgeRelease,
  GitRepository,
  ImageManifest,
  ImageRepository,
  ReleasePorts,
} from './release/ports';
export type { Clock } from './plan/clock';
