import {
  createFolderSource,
  createDatabaseHolder,
  createSqlParser,
} from 'dojo-portal-core/migrate';
import type {
  DatabaseHolderOptions,
  MigrationPorts,
} from 'dojo-portal-core/migrate';
import type { CommandContext } from '../command-context';
import { localPath } from './local-path';

/** The ports of a migration at a terminal, in CI or in a child of the portal. @param migrations - absent: no files are needed. */
export function migratePorts(
  { cwd }: CommandContext,
  migrations: string | undefined,
  options: DatabaseHolderOptions = {},
): MigrationPorts {
  return {
    // Not SOURCE_DATE_EPOCH: backups are told apart by when they were made.
    clock: { now: () => new Date() },
    source:
      migrations === undefined
        ? { display: 'no migrations', read: async () => [] }
        : createFolderSource(localPath(migrations, cwd)),
    databases: createDatabaseHolder(options),
    parser: createSqlParser(),
  };
}
