import type { HistoryEntry } from 'backstage-plugin-dojo-common';
import type { AppliedMigration, DatabaseFacts } from '../facts';
import { migrationNumber } from '../state/database-of';
import { counted, levelName, personName } from '../words/clauses';
import { millisOf } from '../words/clock-time';

/** The migrations and restores of a database. What a restore took away is `undone`. */
export function databaseEntries(
  environment: string,
  { applied, restores }: DatabaseFacts,
): HistoryEntry[] {
  return [
    ...runsIn(
      applied.filter(({ undone }) => !undone),
      [],
    ).map(({ rows, from }) =>
      migrationEntry(environment, rows, from, restores),
    ),
    ...runsIn(
      applied.filter(({ undone }) => undone),
      applied,
    ).map(({ rows, from }) =>
      migrationEntry(environment, rows, from, restores),
    ),
    ...restores.map((restore): HistoryEntry => {
      const { backup, at, from, to, by } = restore;
      const who = personName(by);
      return {
        kind: 'restore',
        id: `restore:${environment}:${backup}`,
        at,
        ...(by && { by }),
        sentence: `${environment} database restored${
          to === undefined ? '' : ` to ${levelName(to)}`
        }${who === undefined ? '' : ` by ${who}`}.`,
        environment,
        backup,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      };
    }),
  ];
}

interface MigrationRun {
  readonly rows: readonly [AppliedMigration, ...AppliedMigration[]];
  /** What was applied before it. */
  readonly from?: string;
}

/**
 * Rows of one plan are one run; rows that name none are one where they were applied at one moment.
 *
 * @param known - Among which is what was applied before the first, where the rows themselves do not tell.
 */
function runsIn(
  applied: readonly AppliedMigration[],
  known: readonly AppliedMigration[],
): MigrationRun[] {
  const runs: {
    rows: [AppliedMigration, ...AppliedMigration[]];
    from?: string;
  }[] = [];
  let before: AppliedMigration | undefined;
  for (const row of applied) {
    const run = runs.at(-1);
    const isSame =
      run !== undefined &&
      (row.planHash ?? row.at) === (run.rows[0].planHash ?? run.rows[0].at);
    if (isSame) run.rows.push(row);
    else {
      const from = before ?? belowOf(row, known);
      runs.push({ rows: [row], ...(from && { from: from.id }) });
    }
    before = row;
  }
  return runs;
}

function belowOf(
  { id }: AppliedMigration,
  known: readonly AppliedMigration[],
): AppliedMigration | undefined {
  const number = migrationNumber(id);
  return known.reduce<AppliedMigration | undefined>((highest, each) => {
    const its = migrationNumber(each.id);
    const isBelow = its < number;
    return isBelow &&
      (highest === undefined || its > migrationNumber(highest.id))
      ? each
      : highest;
  }, undefined);
}

function migrationEntry(
  environment: string,
  rows: MigrationRun['rows'],
  from: string | undefined,
  restores: DatabaseFacts['restores'],
): HistoryEntry {
  const [first] = rows;
  const last = rows[rows.length - 1];
  const durationMs = total(rows.map(row => row.durationMs));
  // Each row of a run tells the downtime of the whole.
  const downtimes = rows.flatMap(({ downtimeMs }) => downtimeMs ?? []);
  const backup = rows.find(row => row.backup !== undefined)?.backup;
  const by = rows.find(row => row.by !== undefined)?.by;
  const run = rows.find(row => row.run !== undefined)?.run;
  const downtimeMs =
    downtimes.length === 0 ? undefined : Math.max(0, ...downtimes);
  const isUndone =
    rows.some(({ undone }) => undone) ||
    restores.some(
      ({ at, to }) =>
        millisOf(at) > millisOf(first.at) &&
        to !== undefined &&
        migrationNumber(to) < migrationNumber(last.id),
    );
  const move =
    from === undefined
      ? `to ${levelName(last.id)}`
      : `${levelName(from)} -> ${levelName(last.id)}`;
  return {
    kind: 'migration',
    id: `migration:${environment}:${first.id}@${first.at}`,
    at: first.at,
    ...(by && { by }),
    ...(run !== undefined && { run }),
    sentence: `${environment} database migrated ${move}: ${counted(
      rows.length,
      'migration',
    )}${isUndone ? '; a restore took it back' : ''}.${
      downtimeMs === undefined
        ? ''
        : ` Writes were blocked for ${seconds(downtimeMs)} s.`
    }`,
    environment,
    ...(from !== undefined && { from }),
    to: last.id,
    applied: rows.map(({ id }) => id),
    ...(durationMs !== undefined && { durationMs }),
    ...(downtimeMs !== undefined && { downtimeMs }),
    ...(backup !== undefined && { backup }),
    ...(isUndone && { undone: true }),
  };
}

function total(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter(each => each !== undefined);
  return known.length === 0
    ? undefined
    : Math.max(
        0,
        known.reduce((sum, each) => sum + each, 0),
      );
}

/** `1.1` */
function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
