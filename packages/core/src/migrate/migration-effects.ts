import type { MigrationDecides } from 'backstage-plugin-dojo-common';
import type { Found } from '../effect/effect';
import type { EffectStep } from '../effect/effect-step';
import { backupKey, databaseKey } from './effect-keys';
import type { PreparedDatabase } from './ports';

/** What the effects of a migration are made from once they are settled. */
export interface MigrationRun {
  readonly prepared: PreparedDatabase;
  /** Id of the backup that what is there becomes; absent: nothing is there. */
  readonly backup: string | undefined;
}

type Step = EffectStep<MigrationRun>;

/**
 * The effects of a plan that changes a database, in the order in which they are settled.
 *
 * @param exists whether there is a database, and so something to keep.
 * @param to head once it is done.
 */
export function migrationEffects(
  decides: MigrationDecides,
  exists: boolean,
  to: string | undefined,
): Step[] {
  return [
    ...(exists ? [backupStep(decides)] : []),
    databaseStep(decides, textOf(decides, exists, to)),
  ];
}

/** What was there is kept beside the database. */
function backupStep({
  operation,
  database,
  keepBackups,
}: MigrationDecides): Step {
  const kind = operation === 'restore' ? ' pre-restore copies' : '';
  return {
    key: backupKey(database),
    text: `Back up the current database (keeps the last ${keepBackups}${kind})`,
    already: false,
    toEffect: ({ prepared, backup = '' }) => ({
      find: async () => toFound(await prepared.isKept(backup)),
      create: () => prepared.keep(backup),
    }),
  };
}

/** The database itself: exactly the old one, or exactly the new one. */
function databaseStep(
  { database, keepBackups }: MigrationDecides,
  text: string,
): Step {
  return {
    key: databaseKey(database),
    text,
    already: false,
    toEffect: ({ prepared, backup }) => ({
      find: async () => toFound(await prepared.isReplaced()),
      create: () => prepared.replace({ backup, keepBackups }),
    }),
  };
}

function textOf(
  { operation, order, from, backup }: MigrationDecides,
  exists: boolean,
  to: string | undefined,
): string {
  // A reader of the SQL sees it file by file.
  const how = order === 'ddl-first' ? ', schema changes first, then rows' : '';
  switch (operation) {
    case 'restore':
      return `Restore backup ${backup}`;
    case 'rebuild-caches':
      return 'Rebuild caches';
    default:
      return exists
        ? `Migrate ${from ?? 'no migration'} -> ${to}${how} (all or nothing)`
        : `Create the database at ${to}${how}`;
  }
}

function toFound(isThere: boolean): Found {
  return { kind: isThere ? 'as-planned' : 'absent' };
}
