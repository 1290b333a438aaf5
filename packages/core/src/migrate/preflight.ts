import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import {
  compareIds,
  highestNumber,
  migrationNumber,
  paddedNumber,
  toFileId,
} from './files/file-id';
import type { AppliedMigration, DatabaseState } from './database-state';
import type { MigrationSet, SqlFile } from './files/migration';
import { schemaFindings } from './preflight-schema';
import { preflightError as error } from './preflight-error';

/** The files a database has not run, ascending; without a database all of them. */
export function pendingMigrations(
  state: Pick<DatabaseState, 'file'> | undefined,
  set: MigrationSet,
): SqlFile[] {
  const applied = new Set(
    (state?.file?.applied ?? []).map(({ id }) => toFileId(id, set)),
  );
  return set.migrations.filter(({ id }) => !applied.has(id));
}

/** Id of the last applied migration; undefined: none. */
export function headOf(
  state: Pick<DatabaseState, 'file'> | undefined,
  set: MigrationSet,
): string | undefined {
  return (state?.file?.applied ?? [])
    .map(({ id }) => toFileId(id, set))
    .sort(compareIds)
    .at(-1);
}

/**
 * Compares what a database has applied with the files: each applied migration must be there once, unchanged, below all
 * that is pending, and the schema must be what they make.
 */
export function preflight(
  { file }: Pick<DatabaseState, 'file'>,
  set: MigrationSet,
): MigrationFinding[] {
  if (file === undefined) return [];
  if (isExactly(file.applied, set.migrations)) {
    return schemaFindings(file);
  }
  const applied = file.applied
    .map(row => ({ ...row, id: toFileId(row.id, set) }))
    .sort((left, right) => compareIds(left.id, right.id));
  const absent = absentFindings(applied, set);
  return [
    ...repeatedFindings(applied),
    ...absent,
    ...editedFindings(applied, set),
    ...lateFindings(applied, pendingMigrations({ file }, set), set),
    // Without a file of theirs they cannot be run again, which has been said.
    ...schemaFindings(
      absent.length > 0 ? { ...file, unchecked: undefined } : file,
    ),
  ];
}

/** Each file is applied, with its very bytes, and nothing else is: known without a look at a thousand names. */
function isExactly(
  applied: readonly AppliedMigration[],
  migrations: readonly SqlFile[],
): boolean {
  return (
    applied.length === migrations.length &&
    applied.every(
      ({ id, meta }, at) =>
        id === migrations[at].id && meta?.checksum === migrations[at].checksum,
    )
  );
}

function repeatedFindings(
  applied: readonly AppliedMigration[],
): MigrationFinding[] {
  return applied.flatMap(({ id }, at) => {
    const before = applied[at - 1]?.id;
    const same =
      before !== undefined &&
      (before === id ||
        (migrationNumber(id) !== undefined &&
          migrationNumber(before) === migrationNumber(id)));
    return same
      ? [
          error(
            'APPLIED_DUPLICATE',
            before === id
              ? `${id} is in applied_migrations twice`
              : `${before} and ${id} are both in applied_migrations under one number`,
            'Delete the row that is not true, and run again.',
          ),
        ]
      : [];
  });
}

/** Applied, and no such file: renamed, removed, or of a newer release. */
function absentFindings(
  applied: readonly AppliedMigration[],
  { migrations }: MigrationSet,
): MigrationFinding[] {
  const known = new Set(migrations.map(({ id }) => id));
  const highest = highestNumber(migrations);
  const namesakes = new Map(
    migrations.map(file => [migrationNumber(file.id), file]),
  );
  const absent = applied.filter(({ id }) => !known.has(id));
  const ahead = absent.filter(({ id }) => (migrationNumber(id) ?? 0) > highest);
  const isAhead = new Set(ahead);
  const findings = absent
    .filter(row => !isAhead.has(row))
    .map(({ id }) => {
      const number = migrationNumber(id);
      const namesake = number === undefined ? undefined : namesakes.get(number);
      return namesake
        ? error(
            'APPLIED_RENAMED',
            `${id} is applied, but its number is now ${namesake.path}`,
            `Rename the file back to ${id}.sql; a new migration takes the next number.`,
            namesake.path,
          )
        : error(
            'APPLIED_MISSING',
            `${id} is applied, but there is no file of it`,
            `Put ${id}.sql back as it was when it was applied.`,
          );
    });
  const last = ahead.at(-1)?.id;
  if (last === undefined) return findings;
  return [
    ...findings,
    error(
      'DATABASE_AHEAD',
      `the database is ahead of these files: it has applied ${last}, and they end at ${
        migrations.at(-1)?.id ?? 'nothing'
      }`,
      'Use the migrations of the release that applied it, or a newer one, or restore a backup.',
    ),
  ];
}

function editedFindings(
  applied: readonly AppliedMigration[],
  { migrations }: MigrationSet,
): MigrationFinding[] {
  const files = new Map(migrations.map(file => [file.id, file]));
  return applied.flatMap(({ id, meta }) => {
    const file = files.get(id);
    return file &&
      meta &&
      meta.checksum !== file.checksum &&
      meta.tokenChecksum !== file.tokenChecksum
      ? [
          error(
            'APPLIED_EDITED',
            `${file.path} was changed after it was applied`,
            'Put it back as it was, and write the change as a new migration. Comments and white space may change.',
            file.path,
          ),
        ]
      : [];
  });
}

/** Pending, and not above everything that is applied. */
function lateFindings(
  applied: readonly AppliedMigration[],
  pending: readonly SqlFile[],
  { migrations }: MigrationSet,
): MigrationFinding[] {
  const numbers = new Set(applied.map(({ id }) => migrationNumber(id)));
  const highest = highestNumber(applied);
  let free = Math.max(highest, highestNumber(migrations));
  const counts = new Map<number | undefined, number>();
  for (const { id } of migrations) {
    const number = migrationNumber(id);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  const last = applied
    .filter(({ id }) => migrationNumber(id) === highest)
    .at(-1)?.id;
  return pending.flatMap(({ id, path }) => {
    const number = migrationNumber(id) ?? 0;
    if (number > highest) return [];
    const renamed = numbers.has(number) && counts.get(number) === 1;
    if (renamed) return [];
    free += 1;
    return [
      error(
        'APPLIED_OUT_OF_ORDER',
        `${id} is not applied, but ${last} is`,
        `Was it merged late? Rename it to ${id.replace(
          /^\d+/,
          paddedNumber(free),
        )}.sql. Did it run here? Then its row of applied_migrations was lost: put it back.`,
        path,
      ),
    ];
  });
}
