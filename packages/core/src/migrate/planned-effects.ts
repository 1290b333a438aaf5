import type {
  MigrationDecides,
  PlannedEffect,
} from 'backstage-plugin-dojo-common';
import { backupKey, databaseKey } from './effect-keys';

/**
 * The effects of a plan that changes a database, in words and in the order in which they are settled. Execute settles the
 * same keys in the same order.
 * @param exists whether there is a database, and so something to keep.
 * @param to head once it is done.
 */
export function plannedEffects(
  { operation, order, database, from, backup, keepBackups }: MigrationDecides,
  exists: boolean,
  to: string | undefined,
): PlannedEffect[] {
  // A reader of the SQL sees it file by file.
  const how =
    order === 'ddl-first'
      ? ', all that changes its schema first, then all that changes rows'
      : '';
  const what = {
    migrate: exists
      ? `The database goes from ${
          from ?? 'no migration'
        } to ${to}${how}, or stays as it is`
      : `A database at ${to} is made${how}`,
    'rebuild-caches': 'The database gets its caches derived again',
    restore: `Backup ${backup} takes the database's place`,
  }[operation];
  return [
    ...(exists
      ? [
          {
            key: backupKey(database),
            text: `The database as it is now is kept as a backup (the last ${keepBackups} ${
              operation === 'restore' ? 'replaced ones ' : ''
            }are)`,
            already: false,
          },
        ]
      : []),
    { key: databaseKey(database), text: what, already: false },
  ];
}
