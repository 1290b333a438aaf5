import { isAlreadyDone, refusalsOf } from 'backstage-plugin-dojo-common';
import type {
  MigrationDecides,
  MigrationFinding,
  MigrationPlan,
  MigrationRequest,
  ShownBackup,
  ShownMigration,
} from 'backstage-plugin-dojo-common';
import { toPlannedEffects } from '../effect/effect-step';
import { chooseTransaction } from './files/choose-transaction';
import { isThere } from './database-state';
import type { DatabaseState } from './database-state';
import { lintMigrations } from './lint/lint-migrations';
import type { MigrationSet, SqlFile } from './files/migration';
import { readChanges } from './losses/read-changes';
import { tellWrittenSince } from './losses/written-since';
import { tellLosses } from './losses/tell-losses';
import { migrationEffects } from './migration-effects';
import { headOf, pendingMigrations, preflight } from './preflight';
import { planReason } from './plan-reason';
import { planWork } from './plan-work';
import type { PlannedWork } from './plan-work';
import { shownBackup } from './shown-backup';
import { textFindings } from './text-findings';

/**
 * Plans a migration, a rebuild of the caches, or a restore: pure, so that the dry run, the review and the run itself
 * see the same value. Findings of severity `error` are in the plan, which must then not be run.
 *
 * @param findings of {@link readMigrations}; those of the texts, preflight and lint are added here.
 * @throws DojoError MIGRATE_BACKUP_UNKNOWN, MIGRATE_DATABASE_MISSING.
 */
export function planMigration(
  state: DatabaseState,
  request: MigrationRequest,
  set: MigrationSet,
  findings: readonly MigrationFinding[],
): MigrationPlan {
  const work = planWork(state, request, set);
  const from = headOf(state, set);
  const decides: MigrationDecides = {
    operation: request.operation,
    database: state.database,
    ...(from !== undefined && { from }),
    ...(state.file && { fromFingerprint: state.file.fingerprint }),
    migrations: work.migrations.map(file => decided(file, set)),
    caches: work.caches.map(file => decided(file, set)),
    order: request.order,
    keepBackups: request.keepBackups,
    ...(state.file ? {} : { storageVersion: request.storageVersion }),
    ...(work.backup !== undefined && { backup: work.backup }),
  };
  const all =
    request.operation === 'restore'
      ? []
      : [
          ...findings,
          ...textFindings(state, set),
          ...preflight(state, set),
          ...lintMigrations(set, [...work.migrations, ...work.caches]),
        ];
  const { kind } = work;
  const backups = shownBackups(state, set);
  const to =
    kind === 'restore'
      ? backups.find(({ id }) => id === work.backup)?.head
      : work.migrations.at(-1)?.id ?? from;
  return {
    kind,
    decides,
    shows: {
      reason: planReason(kind, decides, to, refusalsOf(all).length),
      ...(state.file && { database: shownDatabase(state.file) }),
      engine: state.engine,
      ...(to !== undefined && { to }),
      migrations: [...work.migrations, ...work.caches].map(file =>
        shown(file, set),
      ),
      findings: all,
      backups,
      effects: isAlreadyDone({ kind })
        ? []
        : toPlannedEffects(migrationEffects(decides, isThere(state), to)),
      warnings: warningsOf(work, request, state, set),
    },
  };
}

function shownBackups(
  { backups, file }: DatabaseState,
  { migrations }: MigrationSet,
): ShownBackup[] {
  const known = [...migrations, ...(file?.applied ?? [])].map(({ id }) => id);
  return backups.map(backup => shownBackup(backup, known));
}

function decided(
  file: SqlFile,
  set: MigrationSet,
): MigrationDecides['migrations'][number] {
  return {
    id: file.id,
    checksum: file.checksum,
    transaction: chooseTransaction(file, set).transaction,
  };
}

function shown(file: SqlFile, set: MigrationSet): ShownMigration {
  const { transaction, reason } = chooseTransaction(file, set);
  return {
    id: file.id,
    file: file.path,
    sql: file.sql,
    statements: file.statements.map(({ line, verb, kind }) => ({
      line,
      verb,
      kind,
    })),
    transaction,
    ...(reason !== undefined && { transactionReason: reason }),
    breaking: file.breaking,
    irreversible: file.irreversible,
    asserts: file.asserts.map(({ sql }) => sql),
  };
}

function shownDatabase({
  bytes,
  walBytes,
  storage,
  creator,
  applied,
}: NonNullable<DatabaseState['file']>): NonNullable<
  MigrationPlan['shows']['database']
> {
  return { bytes, walBytes, storage, creator, applied: applied.length };
}

function warningsOf(
  { kind, migrations, caches }: PlannedWork,
  request: MigrationRequest,
  state: DatabaseState,
  set: MigrationSet,
): string[] {
  const named = (files: readonly SqlFile[]) =>
    files.map(({ id }) => id).join(', ');
  const breaking = migrations.filter(file => file.breaking);
  const irreversible = migrations.filter(file => file.irreversible);
  const pending = pendingMigrations(state, set);
  const contents = state.file?.contents;
  const lost = state.writtenSince && tellWrittenSince(state.writtenSince.found);
  return [
    ...(lost === undefined ? [] : [lost]),
    ...(state.broken === undefined
      ? []
      : [
          `The database does not open, and is kept as a backup as it is: ${state.broken}`,
        ]),
    ...(breaking.length > 0
      ? [
          `The previous release cannot run on ${named(
            breaking,
          )} (dojo:breaking)`,
        ]
      : []),
    ...(irreversible.length > 0
      ? [
          `Only a backup leads back from ${named(
            irreversible,
          )} (dojo:irreversible)`,
        ]
      : []),
    ...(kind === 'migrate' && request.skipCacheRebuild && set.caches.length > 0
      ? ['The caches are left as they are: rebuild them afterwards']
      : []),
    ...(kind === 'rebuild-caches' && pending.length > 0
      ? [`These caches may depend on pending migrations: ${named(pending)}`]
      : []),
    ...(contents === undefined
      ? []
      : tellLosses(readChanges([...migrations, ...caches]), contents)),
  ];
}
