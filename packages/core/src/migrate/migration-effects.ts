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
  const kind = operation === 'restore' ? 'replaced ones ' : '';
  return {
    key: backupKey(database),
    text: `The database as it is now is kept as a backup (the last ${keepBackups} ${kind}are)`,
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
  const how =
    order === 'ddl-first'
      ? ', all that changes its schema first, then all that changes rows'
      : '';
  switch (operation) {
    case 'restore':
      return `Backup ${backup} takes the database's place`;
    case 'rebuild-caches':
      return 'The database gets its caches derived again';
    default:
      return exists
        ? `The database goes from ${
            from ?? 'no migration'
          } to ${to}${how}, or stays as it is`
        : `A database at ${to} is made${how}`;
  }
}

function toFound(isThere: boolean): Found {
  return { kind: isThere ? 'as-planned' : 'absent' };
}
