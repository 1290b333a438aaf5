import { isAlreadyDone, isDojoError } from 'backstage-plugin-dojo-common';
import type {
  DojoErrorJson,
  MigrationFinding,
  MigrationPlan,
  MigrationRequest,
  MigrationResult,
  Outcome,
} from 'backstage-plugin-dojo-common';
import { agreeOnPlan } from '../plan/agree-on-plan';
import { planHash as hashOf, shortPlanHash } from '../plan/plan-hash';
import { ensureNoErrors } from './ensure-no-errors';
import { executeMigration } from './execute-migration';
import type { DatabaseState } from './database-state';
import { toMigrationResult } from './migration-result';
import type { PlannedMigration } from './migration-result';
import { isSameState, judgeState, planBudget } from './judge-state';
import { lintAhead } from './lint/lint-migrations';
import { askTables, readChanges } from './losses/read-changes';
import { migrateErrors } from './migrate-errors';
import { parsedFiles } from './parsed-files';
import { planMigration } from './plan-migration';
import { planWork } from './plan-work';
import type { HeldDatabase, MigrationPorts } from './ports';
import { readMigrations } from './files/read-migrations';
import type { ReadMigrations } from './files/read-migrations';

/** Options of {@link migrate}. */
export interface MigrateOptions {
  readonly signal: AbortSignal;
  /** Reads and plans, changes no byte of the database; default false. */
  readonly dryRun?: boolean;
  /** Whether a dry run really runs what is pending, on a private copy; default true. Without it, findings that keep the
   * plan from running are in the plan, and not thrown. */
  readonly rehearse?: boolean;
  /** The reviewed plan: the run refuses (conflict) when the plan made now hashes differently. */
  readonly planHash?: string;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Plans made in one run before it gives up on a database that somebody else keeps changing. */
const maxPlans = 2;

/**
 * Migrates a database, rebuilds its caches, or puts a backup back (docs/explanation/migrate.md). Running it again is
 * always safe.
 *
 * @throws DojoError where it did not come about: the database is then exactly as it was; the signal's reason.
 */
export async function migrate(
  request: MigrationRequest,
  ports: MigrationPorts,
  options: MigrateOptions,
): Promise<MigrationResult> {
  for (let plans = 1; ; plans++) {
    const mayPlanAgain = plans < maxPlans;
    let isLost = false;
    try {
      return await migrateHeld(request, ports, {
        ...options,
        onOutcome: outcome => {
          isLost ||= outcome.kind === 'failed' && isBeaten(outcome.error);
          // The database is planned for again: nobody hears of the plan that lost.
          if (!(isLost && mayPlanAgain)) options.onOutcome?.(outcome);
        },
      });
    } catch (error) {
      if (!isDojoError(error) || !isBeaten(error) || !mayPlanAgain) throw error;
      options.log?.('the database was changed meanwhile: planning again');
    }
  }
}

async function migrateHeld(
  request: MigrationRequest,
  ports: MigrationPorts,
  options: MigrateOptions,
): Promise<MigrationResult> {
  const since = ports.clock.now();
  const { signal, dryRun = false, rehearse = true } = options;
  signal.throwIfAborted();
  const { source } = ports;
  const read = readMigrations(await source.read(signal), source.display);
  const hold = () =>
    ports.databases.hold(
      {
        database: request.database,
        access: dryRun ? 'read' : 'write',
        storageVersion: request.storageVersion,
        toRestore: request.operation === 'restore',
      },
      signal,
    );
  if (dryRun && !rehearse) return look(hold, read, request, ports, options);
  // While the database is held, nobody waits for what others wrote to be read.
  if (request.operation !== 'restore') lintAhead(read.set);
  const { state, held } = await judgeAndHold(hold, read, request, signal);
  let result: MigrationResult;
  try {
    result = await migrateIn(held, state, read, request, ports, options);
  } finally {
    await held.release();
  }
  const isChanged = result.effects.length > 0;
  const downtime = ports.clock.now().getTime() - since.getTime();
  return { ...result, ...(isChanged && { downtime }) };
}

/** A plan that is only looked at: it holds the database for as long as that takes to read, and shows all of its errors. */
async function look(
  hold: () => Promise<HeldDatabase>,
  read: ReadMigrations,
  request: MigrationRequest,
  ports: MigrationPorts,
  options: MigrateOptions,
): Promise<MigrationResult> {
  const { signal } = options;
  const held = await hold();
  const found = await held
    .readState(read.set, signal)
    .finally(() => held.release());
  const state =
    request.operation === 'restore'
      ? found.state
      : await judgeState(found, { signal, budget: planBudget });
  const syntax = await ports.parser.findSyntaxErrors(
    parsedFiles(request.operation, state, read.set),
    signal,
  );
  const findings = [...read.findings, ...syntax];
  const counted =
    request.operation === 'restore'
      ? await withWritten(ports, state, request, read, signal)
      : await withContents(hold, state, request, read, signal);
  const planned = plan(counted, request, read, findings, options);
  return toMigrationResult(planned, { kind: 'nothing' });
}

/** Looks again at a database of which something may be taken away: of what, only the files tell, read in between. */
async function withContents(
  hold: () => Promise<HeldDatabase>,
  state: DatabaseState,
  request: MigrationRequest,
  { set }: ReadMigrations,
  signal: AbortSignal,
): Promise<DatabaseState> {
  if (state.file === undefined) return state;
  const { migrations, caches } = planWork(state, request, set);
  const asked = askTables(readChanges([...migrations, ...caches]));
  if (asked === undefined) return state;
  const held = await hold();
  const contents = await held
    .readContents(asked, signal)
    .finally(() => held.release());
  return contents === undefined
    ? state
    : { ...state, file: { ...state.file, contents } };
}

/** Looks at what the backup has not that would be put back. */
async function withWritten(
  { databases }: MigrationPorts,
  state: DatabaseState,
  request: MigrationRequest,
  { set }: ReadMigrations,
  signal: AbortSignal,
): Promise<DatabaseState> {
  const { kind, backup } = planWork(state, request, set);
  if (kind !== 'restore' || backup === undefined || !state.file) return state;
  const { database } = state;
  const found = await databases.readWrittenSince({ database, backup }, signal);
  return { ...state, writtenSince: { found } };
}

/** The database, held, and its state. Where it must be judged first, nobody holds it meanwhile. */
async function judgeAndHold(
  hold: () => Promise<HeldDatabase>,
  { set }: ReadMigrations,
  { operation }: MigrationRequest,
  signal: AbortSignal,
): Promise<{ readonly state: DatabaseState; readonly held: HeldDatabase }> {
  let held = await hold();
  try {
    const found = await held.readState(set, signal);
    if (found.judge === undefined || operation === 'restore') {
      return { state: found.state, held };
    }
    await held.release();
    const judged = await judgeState(found, { signal });
    held = await hold();
    const { state } = await held.readState(set, signal);
    if (!isSameState(found.state, state)) {
      throw migrateErrors.changed(state.database);
    }
    return { state: { ...state, file: judged.file }, held };
  } catch (error) {
    await held.release();
    throw error;
  }
}

async function migrateIn(
  held: HeldDatabase,
  state: DatabaseState,
  read: ReadMigrations,
  request: MigrationRequest,
  ports: MigrationPorts,
  options: MigrateOptions,
): Promise<MigrationResult> {
  const {
    signal,
    log = () => undefined,
    onOutcome = () => undefined,
  } = options;
  // Syntax is found by the rehearsal, too, and everything else that does not run.
  const planned = plan(state, request, read, read.findings, options);
  if (isAlreadyDone(planned.plan) && planned.isFinished) {
    return toMigrationResult(planned, { kind: 'nothing' });
  }
  ensureNoErrors(planned.plan.shows.findings);
  if (isAlreadyDone(planned.plan)) {
    return toMigrationResult(planned, { kind: 'nothing' });
  }
  return executeMigration(planned, read.set, {
    held,
    clock: ports.clock,
    dryRun: options.dryRun ?? false,
    signal,
    log,
    onOutcome,
  });
}

/** Plans, and says so. @throws DojoError PLAN_CHANGED where something else was reviewed. */
function plan(
  state: DatabaseState,
  request: MigrationRequest,
  { set }: ReadMigrations,
  findings: readonly MigrationFinding[],
  { planHash, log = () => undefined }: MigrateOptions,
): PlannedMigration {
  const made = planMigration(state, request, set, findings);
  const planned = agree(state, made, planHash);
  log(`plan ${shortPlanHash(planned.planHash)}: ${planned.plan.shows.reason}`);
  return planned;
}

/** @throws DojoError PLAN_CHANGED where something else was reviewed. */
function agree(
  state: DatabaseState,
  made: MigrationPlan,
  reviewed: string | undefined,
): PlannedMigration {
  const now = hashOf(made.decides);
  const planned = { state, plan: made, planHash: now, isFinished: false };
  // Which backup was reviewed, the hash does not tell; but this is the one that is asked for.
  if (made.kind === 'already-restored') return { ...planned, isFinished: true };
  const last = state.file?.applied.at(-1);
  const isMigration = made.decides.operation === 'migrate';
  const agreement = agreeOnPlan({
    reviewed,
    now,
    carriedOut: isMigration ? last?.meta?.planHash : undefined,
    sources: 'The database, the migrations or the request',
  });
  return agreement === 'same' || last === undefined
    ? planned
    : { ...planned, plan: finished(made, last.id), isFinished: true };
}

/** The reviewed plan was carried out by a run that lost its reply; whatever came after it is not part of it. */
function finished(
  { decides, shows }: MigrationPlan,
  head: string,
): MigrationPlan {
  return {
    kind: 'already-migrated',
    decides: { ...decides, migrations: [], caches: [] },
    shows: {
      ...shows,
      reason: `Already migrated to ${head} by an earlier run.`,
      to: head,
      migrations: [],
      findings: [],
      effects: [],
    },
  };
}

/** Somebody else made or wrote the database between its reading and its publication. */
function isBeaten({ code }: DojoErrorJson): boolean {
  return code === 'DATABASE_CHANGED';
}
