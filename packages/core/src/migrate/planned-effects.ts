import type {
  MigrationDecides,
  PlannedEffect,
} from 'backstage-plugin-dojo-common';
import { backupKey, ledgerKey } from './effect-keys';

/**
 * The effects of a plan that changes a ledger, in words and in the order in which they are settled. Execute settles the
 * same keys in the same order.
 * @param exists whether there is a ledger, and so something to keep.
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
      ? `The ledger goes from ${
          from ?? 'no migration'
        } to ${to}${how}, or stays as it is`
      : `A ledger at ${to} is made${how}`,
    'rebuild-caches': 'The ledger gets its caches derived again',
    restore: `Backup ${backup} takes the ledger's place`,
  }[operation];
  return [
    ...(exists
      ? [
          {
            key: backupKey(database),
            text: `The ledger as it is now is kept as a backup (the last ${keepBackups} ${
              operation === 'restore' ? 'replaced ones ' : ''
            }are)`,
            already: false,
          },
        ]
      : []),
    { key: ledgerKey(database), text: what, already: false },
  ];
}
