import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationFile, MigrationSource } from 'dojo-portal-core';
import { cliErrors } from './cli-errors';

/** No migration is that long; a dump of data that got the wrong name is. */
const mostBytes = 16 * 1024 * 1024;

/**
 * The migrations of a folder: what ends in `.sql`, there and in `caches/`. Nothing else is looked at, and nothing below.
 *
 * @throws DojoError CLI_MIGRATIONS_MISSING, CLI_MIGRATIONS_UNREADABLE, CLI_MIGRATION_TOO_LARGE from `read`.
 */
export function migrationFolder(folder: string): MigrationSource {
  return {
    display: folder,
    async read(signal): Promise<readonly MigrationFile[]> {
      if (!isFolder(folder)) throw cliErrors.migrationsMissing(folder);
      const caches = join(folder, 'caches');
      const paths = [
        ...namesIn(folder),
        ...(isFolder(caches)
          ? namesIn(caches).map(name => `caches/${name}`)
          : []),
      ];
      return paths
        .filter(path => path.endsWith('.sql'))
        .map(path => {
          signal.throwIfAborted();
          return { path, bytes: bytesOf(join(folder, path)) };
        });
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw cliErrors.migrationsUnreadable(folder, error);
  }
}

/** Synchronous: a thousand files then take 10 ms, and nothing else waits in this process. */
function bytesOf(path: string): Uint8Array {
  try {
    if (statSync(path).size <= mostBytes) return readFileSync(path);
  } catch (error) {
    throw cliErrors.migrationsUnreadable(path, error);
  }
  throw cliErrors.migrationTooLarge(path, mostBytes);
}
