import type {
  DeliveryAction,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import { tagOf, templateAction } from './action-ground';
import type { ActionGround, Block, PlannedEnvironment } from './action-ground';
import { overlayBlock, runningBlock, silentBlock } from './blocks';
import { isDeploymentTo } from './deploy-actions';
import { labels } from './labels';
import { rollBackTargets } from './roll-back-targets';
import type { RollBackTarget } from './roll-back-targets';

/** Versions that cannot run there any more are listed too, so that nobody looks for them; the newest ones. */
const maxBarred = 3;

/**
 * The way back to the version before, by a better one of them where there are several: one that its database bears, and
 * that nobody rejected. Neither a freeze nor a rejection nor who merges holds it back, and no other deployment that runs:
 * only a rollback to the same version does. Behind it those that the database does not bear, each with the reason.
 */
export function rollBackActions(
  ground: ActionGround,
  { environment }: PlannedEnvironment,
): DeliveryAction[] {
  const { state, now } = ground;
  const { name, wanted, mode } = environment;
  if (wanted.kind === 'nothing') return [];
  const targets = rollBackTargets(state, environment);
  const able = targets.filter(({ block }) => block === undefined);
  const target =
    able.find(({ release }) => release?.rejected === undefined) ??
    able.at(0) ??
    targets.at(0);
  const version = target?.version;
  const none: Block = {
    code: 'DEPLOY_NO_PREVIOUS',
    sentence: `No other version ran in ${name} yet.`,
  };
  const barred = targets
    .filter(each => each !== target && each.block !== undefined)
    .slice(0, maxBarred);
  return [
    ...backTo(ground, environment, target, [
      runningBlock(
        state.running,
        run =>
          isDeploymentTo(name)(run) &&
          version !== undefined &&
          run.version === version,
        now,
      ),
      overlayBlock(environment),
      // Git can be written while the cluster is silent; it only cannot be applied to.
      mode === 'apply' ? silentBlock(state.sources, environment) : undefined,
      target === undefined ? none : target.block,
    ]),
    ...barred.flatMap(each => backTo(ground, environment, each, [each.block])),
  ];
}

function backTo(
  ground: ActionGround,
  { name }: DeliveryEnvironment,
  target: RollBackTarget | undefined,
  blocks: readonly (Block | undefined)[],
): DeliveryAction[] {
  const version = target?.version;
  return templateAction(ground, {
    id: 'roll-back',
    template: 'deploy',
    environment: name,
    ...(version !== undefined && { version }),
    label:
      version === undefined
        ? labels.rollBackAny(name)
        : labels.rollBack(version, name),
    formData: {
      intent: 'rollback',
      rollbackTo:
        target === undefined
          ? 'previous'
          : tagOf(target.release, target.version),
    },
    blocks,
  });
}
