import type { MigrationChoices } from 'backstage-plugin-dojo-common';

/** How far the command goes. */
export type MigrationMode =
  /** Plans; nothing is rehearsed. */
  | 'plan'
  /** Plans, and runs it on a private copy. */
  | 'rehearse'
  | 'run';

/** The command's argument vector for a database. `database` is absolute, so that no value can be read as an option. */
export function migrationArguments(
  options: {
    readonly database: string;
    /** Folder of the SQL, relative to the command's own. */
    readonly migrations: string;
    readonly mode: MigrationMode;
    readonly planHash?: string;
  },
  choices: MigrationChoices,
): string[] {
  const { database, migrations, mode, planHash } = options;
  return [
    choices.operation,
    `--database=${database}`,
    ...operationArguments(choices, migrations),
    `--keep-backups=${choices.keepBackups}`,
    ...(mode === 'run' ? [] : ['--dry-run']),
    ...(mode === 'plan' ? ['--no-rehearsal'] : []),
    ...(planHash === undefined ? [] : [`--plan-hash=${planHash}`]),
    '--json',
  ];
}

function operationArguments(
  {
    operation,
    order,
    skipCacheRebuild,
    storageVersion,
    backup,
  }: MigrationChoices,
  migrations: string,
): string[] {
  switch (operation) {
    case 'restore':
      return [`--backup=${backup ?? 'latest'}`];
    case 'rebuild-caches':
      return [`--migrations=${migrations}`];
    default:
      return [
        `--migrations=${migrations}`,
        `--order=${order}`,
        `--storage-version=${storageVersion}`,
        ...(skipCacheRebuild ? ['--skip-cache-rebuild'] : []),
      ];
  }
}
