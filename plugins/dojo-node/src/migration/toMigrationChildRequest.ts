import {
  MigrationChildRequest,
  MigrationChoices,
  MigrationRequest,
  migrationRequestSchema,
} from 'backstage-plugin-dojo-common';

/** How far a child goes; see `migrationChildRequestSchema`. */
export type MigrationMode = MigrationChildRequest['mode'];

/** Where the child finds things, and how far it goes with them. */
export interface MigrationPlaces {
  /** Absolute path of the DuckDB file. */
  readonly database: string;
  /** Absolute folder below which no part of that path may be a link. */
  readonly fixedFolder: string;
  /** Folder of the SQL, relative to the child's own. */
  readonly migrations: string;
  readonly mode: MigrationMode;
  /** Bytes that DuckDB may hold, and spill to the disk. */
  readonly memoryBytes: number;
  readonly spillBytes: number;
  /** Of the reviewed plan. */
  readonly planHash?: string;
}

/**
 * What a child is asked to do with a database. Of the choices it gets those that mean something to the operation; the
 * others have their defaults, since the plan's hash is made of all of them.
 */
export function toMigrationChildRequest(
  places: MigrationPlaces,
  choices: MigrationChoices,
): MigrationChildRequest {
  const { database, fixedFolder, migrations, mode, planHash } = places;
  const { memoryBytes, spillBytes } = places;
  const { operation, keepBackups } = choices;
  return {
    kind: 'migration',
    mode,
    request: migrationRequestSchema.parse({
      operation,
      database,
      keepBackups,
      ...optionsOf(choices),
    }),
    ...(operation !== 'restore' && { migrations }),
    noLinksBelow: fixedFolder,
    memoryBytes,
    spillBytes,
    ...(planHash !== undefined && { planHash }),
  };
}

function optionsOf({
  operation,
  order,
  skipCacheRebuild,
  storageVersion,
  backup,
}: MigrationChoices): Partial<MigrationRequest> {
  switch (operation) {
    case 'restore':
      return { backup: backup ?? 'latest' };
    case 'rebuild-caches':
      return {};
    default:
      return { order, skipCacheRebuild, storageVersion };
  }
}
