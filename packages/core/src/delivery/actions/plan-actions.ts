import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import type { DeliveryCaller, DeliveryRules } from '../rules';
import type { DeliveryState } from '../state/delivery-state';
import type { ActionGround, PlannedEnvironment } from './action-ground';
import { databaseActions } from './database-actions';
import { deployActions, promoteActions } from './deploy-actions';
import { mergeActions, overlayActions } from './overlay-actions';
import { rejectActions, releaseActions, shipActions } from './release-actions';
import { rollBackActions } from './roll-back-actions';

/**
 * What the caller can do now: each verb that they may use and that has a template, ready or held back by a rule with its
 * reason. Pure and total; the page, an agent and the list of everything ask the same function. Within an environment what
 * mends it comes first, else what brings it forward.
 */
export function planActions(
  state: DeliveryState,
  rules: DeliveryRules,
  caller: DeliveryCaller,
  now: Date,
): DeliveryAction[] {
  if (!caller.change) return [];
  const ground: ActionGround = { state, rules, caller, now };
  const planned = rules.environments.flatMap((rule, at) => {
    const environment = state.environments[at];
    return environment === undefined ? [] : [{ rule, environment }];
  });
  return [
    ...releaseActions(ground),
    ...planned.flatMap(each => shipActions(ground, each)),
    ...planned.flatMap(each => [
      ...deploymentActions(ground, each),
      ...databaseActions(ground, each),
    ]),
    ...rejectActions(ground),
  ];
}

function deploymentActions(
  ground: ActionGround,
  planned: PlannedEnvironment,
): DeliveryAction[] {
  const { rule, environment } = planned;
  const merge = mergeActions(ground, planned);
  if (!rule.deploys || !ground.caller.may('deploy', rule.name)) return merge;
  // A component that is deployed by nobody's overlays has no way to an environment.
  if (ground.state.facts.infra.kind === 'off') return merge;
  const back = rollBackActions(ground, planned);
  const { kind } = environment.health;
  const isBroken = kind === 'down' || kind === 'failed';
  return [
    ...(isBroken ? back : []),
    ...merge,
    ...promoteActions(ground, planned),
    ...deployActions(ground, planned),
    ...(isBroken ? [] : back),
    ...overlayActions(ground, planned),
  ];
}
