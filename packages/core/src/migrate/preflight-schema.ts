import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { DatabaseFile, ForeignIndex } from './database-state';
import { preflightError } from './preflight-error';

/** Things of a schema that are named in one sentence. */
const maxNames = 5;

type JudgedFile = Omit<DatabaseFile, 'unchecked'> & {
  readonly unchecked?: string | undefined;
};

/** What is wrong with the schema, or was not looked at. */
export function schemaFindings({
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
  return preflightError(
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
    preflightError(
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

function driftFindings(
  differences: readonly string[],
  applied: number,
): MigrationFinding[] {
  if (differences.length === 0) return [];
  return [
    preflightError(
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
