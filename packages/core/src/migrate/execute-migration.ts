import type {
  DecidedFile,
  MigrationPlan,
  MigrationResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { toFileId } from './files/file-id';
import { toMigrationResult } from './migration-result';
import type { PlannedMigration } from './migration-result';
import type { MigrationSet, SqlFile } from './files/migration';
import type {
  Clock,
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
 * Carries a plan out on a private copy, and puts the copy in the database's place.
 *
 * @throws DojoError, the signal's reason: the database is then as it was.
 */
export async function executeMigration(
  planned: PlannedMigration,
  set: MigrationSet,
  options: ExecuteMigrationOptions,
): Promise<MigrationResult> {
  const { signal, log, clock, onOutcome } = options;
  const { decides, shows } = planned.plan;
  const prepared = await prepare(planned, set, options);
  const { rehearsal } = prepared;
  const head = prepared.head && toFileId(prepared.head, set);
  try {
    if (options.dryRun) {
      return toMigrationResult(planned, { kind: 'rehearsed', rehearsal, head });
    }
    signal.throwIfAborted();
    const backup = await prepared.publish({
      keepBackups: decides.keepBackups,
      now: clock.now(),
    });
    const outcomes = shows.effects.map(
      ({ key }): Outcome => ({ kind: 'done', key }),
    );
    for (const outcome of outcomes) {
      log(`${outcome.kind}: ${outcome.key}`);
      onOutcome(outcome);
    }
    return toMigrationResult(planned, {
      kind: 'published',
      rehearsal,
      head,
      backup,
      outcomes,
    });
  } finally {
    await prepared.discard();
  }
}

function prepare(
  { plan, planHash }: PlannedMigration,
  set: MigrationSet,
  { held, signal, log }: ExecuteMigrationOptions,
): Promise<PreparedDatabase> {
  const { backup } = plan.decides;
  return backup === undefined
    ? held.prepare(toWork(plan, planHash, set), { signal, log })
    : held.prepareBackup(backup, { signal, log });
}

function toWork(
  { decides }: MigrationPlan,
  planHash: string,
  set: MigrationSet,
): MigrationWork {
  return {
    set,
    pending: toPlanned(decides.migrations, set.migrations),
    caches: toPlanned(decides.caches, set.caches),
    order: decides.order,
    planHash,
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
