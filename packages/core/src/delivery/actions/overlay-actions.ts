import type {
  DeliveryAction,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import { outdatedSentence } from '../words/sentences';
import { firstOf, tagOf, templateAction } from './action-ground';
import type { ActionGround, Block, PlannedEnvironment } from './action-ground';
import { freezeBlock, overlayBlock, runningBlock } from './blocks';
import { isDeploymentTo } from './deploy-actions';
import { labels } from './labels';

/** The overlay itself: made, brought back after it was removed, or changed. */
export function overlayActions(
  ground: ActionGround,
  { environment }: PlannedEnvironment,
): DeliveryAction[] {
  const { state, now } = ground;
  const { name, wanted } = environment;
  const isMissing = wanted.kind === 'nothing' && !wanted.prepared;
  const former = state.chains
    .get(name)
    ?.findLast(({ version }) => version !== undefined)?.version;
  const isRemoved =
    wanted.kind === 'nothing' &&
    wanted.removed !== undefined &&
    former !== undefined;
  const choose = () => {
    if (isRemoved) {
      const version = tagOf(state.versions.named(former), former);
      return {
        label: labels.restoreOverlay(name),
        version: former,
        formData: { intent: 'version', version, restore: true },
      };
    }
    if (isMissing) {
      return { label: labels.setUp(name), formData: { intent: 'prepare' } };
    }
    const there =
      wanted.kind === 'version' && wanted.version !== undefined
        ? tagOf(state.versions.named(wanted.version), wanted.version)
        : undefined;
    return {
      label: labels.change(name),
      formData:
        there === undefined
          ? { intent: 'prepare' }
          : { intent: 'version', version: there },
    };
  };
  return templateAction(ground, {
    id: 'set-up',
    template: 'environmentOverlay',
    environment: name,
    ...choose(),
    blocks: [
      runningBlock(state.running, isDeploymentTo(name), now),
      overlayBlock(environment),
    ],
  });
}

/** The change that waits for somebody else's eyes. */
export function mergeActions(
  ground: ActionGround,
  { rule, environment }: PlannedEnvironment,
): DeliveryAction[] {
  const { state, caller, now } = ground;
  const { name, waiting } = environment;
  if (waiting?.kind !== 'merge' || !caller.may('merge', name)) return [];
  const { version, url } = waiting;
  const to = url === undefined ? mergeForm(ground, environment) : { url };
  if (to === undefined) return [];
  return [
    {
      id: 'merge',
      environment: name,
      ...(version !== undefined && { version }),
      label:
        version === undefined
          ? labels.mergeAny(name)
          : labels.merge(version, name),
      to,
      state: firstOf([
        runningBlock(state.running, isDeploymentTo(name), now),
        requesterBlock(ground, environment),
        rule.promotedOnly ? outdatedBlock(waiting) : undefined,
        overlayBlock(environment),
        freezeBlock(environment),
      ]),
    },
  ];
}

/** What is not in the environment before it any more does not land; a run would be refused for the same reason. */
function outdatedBlock(waiting: WaitingChange): Block | undefined {
  return waiting.outdated === undefined
    ? undefined
    : { code: 'PROMOTION_NEEDED', sentence: outdatedSentence(waiting) };
}

function requesterBlock(
  { caller }: ActionGround,
  { approval, waiting }: PlannedEnvironment['environment'],
): Block | undefined {
  const requester = waiting?.requestedBy;
  if (!approval || requester === undefined || caller.ref === undefined) {
    return undefined;
  }
  const ref = (requester.ref ?? requester.name).toLowerCase();
  return ref === caller.ref.toLowerCase()
    ? {
        code: 'DEPLOY_REQUESTER_MERGES',
        sentence: 'You requested this change; somebody else has to merge it.',
      }
    : undefined;
}

/** The form of a deployment there, whose review shows the change that waits and merges it in a local forge. */
function mergeForm(
  { state, rules }: ActionGround,
  { name, promotesFrom }: PlannedEnvironment['environment'],
): DeliveryAction['to'] | undefined {
  const template = rules.templates.deploy;
  if (template === undefined) return undefined;
  return {
    template,
    formData: {
      component: state.component,
      environment: name,
      ...(promotesFrom !== undefined && {
        intent: 'promote',
        promoteFrom: promotesFrom,
      }),
    },
  };
}
