import type {
  FindingCode,
  MigrationFinding,
} from 'backstage-plugin-dojo-common';
import {
  compareIds,
  highestNumber,
  migrationNumber,
  paddedNumber,
  toFileId,
} from './files/file-id';
import type {
  AppliedMigration,
  DatabaseFile,
  DatabaseState,
  ForeignIndex,
} from './database-state';
import type { MigrationSet, SqlFile } from './files/migration';

/** Things of a schema that are named in one sentence. */
const maxNames = 5;

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

type JudgedFile = Omit<DatabaseFile, 'unchecked'> & {
  readonly unchecked?: string | undefined;
};

/** What is wrong with the schema, or was not looked at. */
function schemaFindings({
  applied,
  drift = [],
  foreignIndexes = [],
  unchecked,
  unexplained = [],
}: JudgedFile): MigrationFinding[] {
  return [
    ...foreignIndexes.map(foreignIndexFinding),
    ...unexplainedFindings(unexplained),
    ...(unchecked === undefined ? [] : [uncheckedFinding(unchecked)]),
    ...driftFindings(drift, applied.length),
  ];
}

function foreignIndexFinding({
  name,
  table,
  type,
}: ForeignIndex): MigrationFinding {
  return error(
    'DATABASE_INDEX_FOREIGN',
    `index ${name} of ${table} is of type ${type}, which only an extension can write, and none is loaded here`,
    `The database is sound. Let the application DROP INDEX ${name}, migrate, and let it make the index again.`,
  );
}

/** A database that somebody else made: what a migration meets there is not known. */
function unexplainedFindings(names: readonly string[]): MigrationFinding[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, maxNames).join(', ');
  const more = names.length - maxNames;
  return [
    error(
      'APPLIED_UNKNOWN',
      `the database holds ${shown}${
        more > 0 ? ` and ${more} more` : ''
      }, and applied_migrations tells of no migration that made it`,
      'Is it the right file? Where these migrations made it, tell which have run: CREATE TABLE IF NOT EXISTS applied_migrations(id VARCHAR PRIMARY KEY, applied_at TIMESTAMP); INSERT INTO applied_migrations(id) VALUES for each its id. The schema is then compared with them.',
    ),
  ];
}

function uncheckedFinding(why: string): MigrationFinding {
  return {
    code: 'SCHEMA_UNCHECKED',
    severity: 'warning',
    message: `the schema was not checked: what is applied cannot be run again to compare it (${why})`,
    hint: 'A change by hand would not be seen, and no run records the schema as right. A rehearsal takes the time that it needs for it; else compare it by hand.',
  };
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

function driftFindings(
  differences: readonly string[],
  applied: number,
): MigrationFinding[] {
  if (differences.length === 0) return [];
  return [
    error(
      'SCHEMA_DRIFT',
      `the schema is not what ${
        applied === 1
          ? 'its 1 migration makes'
          : `its ${applied} migrations make`
      }: ${differences.join('; ')}`,
      'Somebody changed it by hand: undo that in the database, and write what is to stay as a migration.',
    ),
  ];
}

function error(
  code: FindingCode,
  message: string,
  hint: string,
  file?: string,
): MigrationFinding {
  return {
    code,
    severity: 'error',
    ...(file === undefined ? {} : { file }),
    message,
    hint,
  };
}
