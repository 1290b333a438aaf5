import type { DatabaseFact } from 'backstage-plugin-dojo-common';
import type { ComponentFacts, ReleasedVersion } from '../facts';
import type { RuleEnvironment } from '../rules';
import type { ProvenLevel } from './proven-level';

const maxPending = 20;

/** The number that a migration's id begins with; one without a number is before all. */
export function migrationNumber(id: string): number {
  const digits = /^\d{1,15}/.exec(id)?.[0];
  return digits === undefined ? -1 : Number(digits);
}

/** Ids of the migrations that a version needs and a database at `level` lacks, oldest first. */
export function pendingOf(
  release: Pick<ReleasedVersion, 'migrations' | 'needs'> | undefined,
  level: string,
): string[] {
  if (release === undefined) return [];
  const { migrations, needs } = release;
  const at = level === 'empty' ? -1 : migrationNumber(level);
  const packed = migrations ?? (needs === undefined ? [] : [needs]);
  return packed.filter(id => migrationNumber(id) > at);
}

/** Where the database of an environment is, beside what the wanted version needs. */
export function databaseOf(
  { databases, runs, sources }: ComponentFacts,
  { name, migrates }: RuleEnvironment,
  {
    wanted,
    next,
    proven,
  }: {
    readonly wanted: ReleasedVersion | undefined;
    /** The version that would come next. */
    readonly next: ReleasedVersion | undefined;
    /** What it has at least, where nobody can read it. */
    readonly proven: ProvenLevel | undefined;
  },
): DatabaseFact {
  const facts = databases[name];
  const run = runs.find(
    ({ kind, environment }) => kind === 'migration' && environment === name,
  );
  if (run !== undefined && facts?.level.kind !== 'none') {
    return { kind: 'migrating', run: run.id };
  }
  if (facts === undefined) {
    const source = `database:${name}` as const;
    const isOff = sources.some(
      ({ id, state }) => id === source && state === 'off',
    );
    if (migrates && !isOff) return { kind: 'unknown', source };
    return proven === undefined
      ? { kind: 'none' }
      : {
          kind: 'level',
          at: proven.at,
          provenBy: proven.by,
          ...(wanted?.needs !== undefined && { needs: wanted.needs }),
          // Whether it has more than that, nobody knows.
          pending: [],
          breakingPending: false,
          ahead: false,
        };
  }
  const { level } = facts;
  if (level.kind !== 'level') return level;
  const pending = pendingOf(wanted, level.at);
  const needs = wanted?.needs;
  const omitted = pending.length - maxPending;
  const ofNext = next === wanted ? [] : pendingOf(next, level.at);
  return {
    kind: 'level',
    at: level.at,
    ...(needs !== undefined && { needs }),
    pending: pending.slice(0, maxPending),
    ...(omitted > 0 && { omitted }),
    breakingPending: pending.some(id =>
      wanted?.breakingMigrations?.includes(id),
    ),
    ahead:
      needs !== undefined &&
      level.at !== 'empty' &&
      migrationNumber(level.at) > migrationNumber(needs),
    ...(next !== undefined &&
      ofNext.length > 0 && {
        next: {
          version: next.version,
          needs: next.needs ?? ofNext[ofNext.length - 1],
          pending: ofNext.length,
        },
      }),
  };
}
