import type { ShownBackup } from 'backstage-plugin-dojo-common';
import { migrationNumber } from './files/file-id';
import type { DatabaseBackup } from './database-state';

/**
 * A backup as a reader sees it.
 * @param known ids of migrations: a backup tells but the number of its last one.
 */
export function shownBackup(
  { id, at, level, bytes, isReplaced, isDatabase }: DatabaseBackup,
  known: readonly string[],
): ShownBackup {
  const number = migrationNumber(level);
  const head =
    number === undefined
      ? level
      : known.find(one => migrationNumber(one) === number) ?? level;
  return {
    id,
    at,
    ...(number !== 0 && { head }),
    bytes,
    isReplaced,
    ...(isDatabase !== undefined && { isDatabase }),
  };
}
