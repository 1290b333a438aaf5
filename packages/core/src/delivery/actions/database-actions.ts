import type { DeliveryAction, DeliveryRun } from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import { pendingOf } from '../state/database-of';
import { levelName } from '../words/clauses';
import { templateAction } from './action-ground';
import type { ActionGround, Block, PlannedEnvironment } from './action-ground';
import { runningBlock } from './blocks';
import { isFit } from './fit-versions';
import { labels } from './labels';

const releaseFirst: Block = {
  code: 'RELEASE_FIRST',
  sentence: 'Release it first.',
};

/** What can be done with the database of an environment. */
export function databaseActions(
  ground: ActionGround,
  planned: PlannedEnvironment,
): DeliveryAction[] {
  const { caller, state, now } = ground;
  const { rule, environment } = planned;
  const { name } = rule;
  const { kind } = environment.database;
  if (!rule.migrates || kind === 'none' || !caller.may('migrate', name)) {
    return [];
  }
  const isSame = (run: DeliveryRun) =>
    run.environment === name &&
    (run.kind === 'migration' || run.kind === 'shipment');
  const running = runningBlock(state.running, isSame, now);
  const held = heldRelease(ground, planned);
  return [
    ...migrateActions(ground, planned, running),
    ...templateAction(ground, {
      id: 'restore',
      template: 'restore',
      environment: name,
      label: labels.restore(name),
      blocks: [running],
    }),
    ...templateAction(ground, {
      id: 'rebuild-caches',
      template: 'rebuildCaches',
      environment: name,
      ...(held && { version: held.version }),
      label: labels.rebuildCaches(name),
      formData: held && { version: held.tag },
      blocks: [running, held === undefined ? releaseFirst : undefined],
    }),
  ];
}

function heldRelease(
  { state }: ActionGround,
  { environment: { wanted } }: PlannedEnvironment,
): ReleasedVersion | undefined {
  const release =
    wanted.kind === 'version'
      ? state.versions.named(wanted.version)
      : undefined;
  return release ?? state.versions.all.find(isFit);
}

/** To the version that is wanted there, and to the newest one, where either needs it. */
function migrateActions(
  ground: ActionGround,
  planned: PlannedEnvironment,
  running: Block | undefined,
): DeliveryAction[] {
  const { state } = ground;
  const { name, database } = planned.environment;
  const newest = state.versions.all.find(isFit);
  const held = heldRelease(ground, planned);
  const wished = [...new Set([held, newest])].filter(
    release => release !== undefined,
  );
  const needed = wished.filter(
    release =>
      database.kind !== 'level' || pendingOf(release, database.at).length > 0,
  );
  // Where the level is not known, the plan finds out what the newest one needs.
  const chosen = database.kind === 'level' ? needed : needed.slice(-1);
  const migrate = (release: ReleasedVersion | undefined, block?: Block) =>
    templateAction(ground, {
      id: 'migrate',
      template: 'migrate',
      environment: name,
      ...(release && { version: release.version }),
      label: release
        ? labels.migrate(release.version, name)
        : labels.migrateAny(name),
      formData: release && { version: release.version },
      blocks: [running, block],
    });
  if (chosen.length > 0) return chosen.flatMap(release => migrate(release));
  if (newest === undefined) return migrate(undefined, releaseFirst);
  return migrate(newest, {
    code: 'NOTHING_TO_MIGRATE',
    sentence:
      database.kind === 'level' && database.at !== 'empty'
        ? `Already at ${levelName(database.at)}.`
        : `${newest.version} needs no migration.`,
  });
}
