import { DojoError } from 'backstage-plugin-dojo-common';
import type {
  DecidedFile,
  MigrationResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import { toEffects } from '../effect/effect-step';
import type { Clock } from '../plan/clock';
import { isThere } from './database-state';
import { toFileId } from './files/file-id';
import type { MigrationSet, SqlFile } from './files/migration';
import { migrateErrors } from './migrate-errors';
import { migrationEffects } from './migration-effects';
import { toMigrationResult } from './migration-result';
import type { PlannedMigration } from './migration-result';
import type {
  HeldDatabase,
  MigrationWork,
  PlannedFile,
  PreparedDatabase,
} from './ports';

/** Options of {@link executeMigration}. */
export interface ExecuteMigrationOptions {
  readonly held: HeldDatabase;
  readonly clock: Clock;
  /** Stops before the copy takes the database's place. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly onOutcome: (outcome: Outcome) => void;
}

/**
 * Carries a plan out on a private copy, and settles its effects: what is there is kept, and the copy takes its place.
 *
 * @throws DojoError, the signal's reason: the database is then as it was.
 */
export async function executeMigration(
  planned: PlannedMigration,
  set: MigrationSet,
  options: ExecuteMigrationOptions,
): Promise<MigrationResult> {
  const prepared = await prepare(planned, set, options).catch(error => {
    throw options.dryRun
      ? error
      : migrateErrors.leftUnchanged(error, planned.plan.decides.from);
  });
  const { rehearsal, warnings = [] } = prepared;
  const head = prepared.head && toFileId(prepared.head, set);
  try {
    if (options.dryRun) {
      return toMigrationResult(planned, {
        kind: 'rehearsed',
        rehearsal,
        warnings,
        head,
      });
    }
    options.signal.throwIfAborted();
    const published = await publish(planned, prepared, options);
    return toMigrationResult(planned, {
      kind: 'published',
      rehearsal,
      warnings,
      head,
      ...published,
    });
  } finally {
    await prepared.discard();
  }
}

async function publish(
  { plan, state }: PlannedMigration,
  prepared: PreparedDatabase,
  { clock, signal, onOutcome }: ExecuteMigrationOptions,
): Promise<{
  readonly backup: string | undefined;
  readonly outcomes: readonly Outcome[];
}> {
  const exists = isThere(state);
  const backup = exists ? await prepared.nameBackup(clock.now()) : undefined;
  const steps = migrationEffects(plan.decides, exists, plan.shows.to);
  const outcomes = await settle(toEffects(steps, { prepared, backup }), {
    signal,
    onOutcome,
  });
  const failed = outcomes.find(outcome => outcome.kind === 'failed');
  if (failed) throw new DojoError(failed.error);
  return { backup, outcomes };
}

function prepare(
  planned: PlannedMigration,
  set: MigrationSet,
  { held, signal, log }: ExecuteMigrationOptions,
): Promise<PreparedDatabase> {
  const { backup } = planned.plan.decides;
  return backup === undefined
    ? held.prepare(toWork(planned, set), { signal, log })
    : held.prepareBackup(backup, { signal, log });
}

function toWork(
  { plan: { decides }, planHash, state: { file } }: PlannedMigration,
  set: MigrationSet,
): MigrationWork {
  return {
    set,
    pending: toPlanned(decides.migrations, set.migrations),
    caches: toPlanned(decides.caches, set.caches),
    order: decides.order,
    planHash,
    isExplained:
      file?.unchecked === undefined && file?.unexplained === undefined,
  };
}

/** The decided files, each with what was read of it. */
function toPlanned(
  decided: readonly DecidedFile[],
  files: readonly SqlFile[],
): PlannedFile[] {
  const byId = new Map(files.map(file => [file.id, file]));
  return decided.flatMap(({ id, transaction }) => {
    const file = byId.get(id);
    return file ? [{ file, transaction }] : [];
  });
}
