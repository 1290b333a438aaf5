import { isAlreadyDone } from 'backstage-plugin-dojo-common';
import type {
  MigrationPlan,
  MigrationResult,
  Outcome,
  Rehearsal,
} from 'backstage-plugin-dojo-common';
import type { DatabaseState } from './database-state';

/** A plan, what it was made from, and its hash. */
export interface PlannedMigration {
  readonly state: DatabaseState;
  readonly plan: MigrationPlan;
  readonly planHash: string;
  /** What was reviewed has come about, by an earlier run. */
  readonly isFinished: boolean;
}

/** How far a run went. */
export type MigrationRun =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'rehearsed';
      readonly rehearsal: Rehearsal;
      /** What the run has shown. */
      readonly warnings: readonly string[];
      /** Of the backup that was prepared: its name tells the plan but a number. */
      readonly head: string | undefined;
    }
  | {
      readonly kind: 'published';
      readonly rehearsal: Rehearsal;
      /** What the run has shown. */
      readonly warnings: readonly string[];
      readonly head: string | undefined;
      /** Absent: there was nothing to keep. */
      readonly backup: string | undefined;
      readonly outcomes: readonly Outcome[];
    };

const publishedOutcomes = {
  migrate: 'migrated',
  'already-migrated': 'already-migrated',
  'rebuild-caches': 'caches-rebuilt',
  restore: 'restored',
  'already-restored': 'already-restored',
} as const;

/** The output of a run, from its plan and how far it went. */
export function toMigrationResult(
  { plan, planHash }: PlannedMigration,
  run: MigrationRun,
): MigrationResult {
  const { from } = plan.decides;
  const isPublished = run.kind === 'published';
  const shows =
    run.kind === 'nothing'
      ? plan.shows
      : {
          ...plan.shows,
          ...(run.head !== undefined && { to: run.head }),
          rehearsal: run.rehearsal,
          warnings: [...plan.shows.warnings, ...run.warnings],
        };
  const to = isPublished ? shows.to : from;
  return {
    outcome:
      isPublished || isAlreadyDone(plan)
        ? publishedOutcomes[plan.kind]
        : 'planned',
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    applied: isPublished ? plan.decides.migrations.map(({ id }) => id) : [],
    ...(isPublished && run.backup !== undefined && { backup: run.backup }),
    planHash,
    plan: { ...plan, shows },
    effects: isPublished ? [...run.outcomes] : [],
  };
}
