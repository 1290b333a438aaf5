import type {
  DeliveryAction,
  DeliveryEnvironment,
  DeliveryRun,
} from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import { asClause } from '../words/clauses';
import { templateAction } from './action-ground';
import type { ActionGround, Block, PlannedEnvironment } from './action-ground';
import {
  freezeBlock,
  isSilent,
  overlayBlock,
  pendingBlock,
  runningBlock,
  silentBlock,
  versionBlock,
} from './blocks';
import { versionIn, versionsToDeploy } from './fit-versions';
import { labels } from './labels';

const nothingRuns = (name: string): Block => ({
  code: 'DEPLOY_NOTHING_RUNS',
  sentence: `Nothing runs in ${name} yet.`,
});

/** Whether a run changes the overlay of an environment. */
export function isDeploymentTo(name: string) {
  return ({ kind, environment }: DeliveryRun) =>
    environment === name && (kind === 'deployment' || kind === 'shipment');
}

/** Deployments of versions, and again of the one that is there where the cluster differs from it. */
export function deployActions(
  ground: ActionGround,
  planned: PlannedEnvironment,
): DeliveryAction[] {
  const { state } = ground;
  const { environment } = planned;
  const candidates = versionsToDeploy(state.versions.all);
  if (candidates.length === 0) {
    const isKnown = state.latest.kind === 'none';
    return [
      ...deployOf(ground, planned, undefined, {
        code: isKnown ? 'RELEASE_FIRST' : 'RELEASES_UNKNOWN',
        sentence: isKnown
          ? 'Release it first.'
          : 'The repository has not been read yet.',
      }),
    ];
  }
  const there =
    environment.wanted.kind === 'version'
      ? environment.wanted.version
      : undefined;
  const others = candidates.filter(({ version }) => version !== there);
  const held = state.versions.named(there);
  const again = held !== undefined && isOff(environment) ? [held] : [];
  if (held !== undefined && others.length + again.length === 0) {
    return deployOf(ground, planned, held, {
      code: 'NOTHING_TO_DEPLOY',
      sentence: `${environment.name} has ${held.version} already.`,
    });
  }
  return [...again, ...others].flatMap(release =>
    deployOf(ground, planned, release),
  );
}

/** Whether what runs is not what git says, so that the same version can be brought again. */
function isOff({ drift, health }: DeliveryEnvironment): boolean {
  return (
    drift.kind === 'drifted' ||
    health.kind === 'failed' ||
    health.kind === 'down' ||
    health.kind === 'stopped'
  );
}

function deployOf(
  ground: ActionGround,
  planned: PlannedEnvironment,
  release: ReleasedVersion | undefined,
  block?: Block,
): DeliveryAction[] {
  const { state, now } = ground;
  const { environment } = planned;
  const { name, wanted } = environment;
  const version = release?.version;
  const isAgain =
    wanted.kind === 'version' &&
    version !== undefined &&
    wanted.version === version;
  const label = () => {
    if (version === undefined) return labels.deployAny(name);
    return isAgain
      ? labels.deployAgain(version, name)
      : labels.deploy(version, name);
  };
  return templateAction(ground, {
    id: 'deploy',
    template: 'deploy',
    environment: name,
    ...(version !== undefined && { version }),
    label: label(),
    formData: {
      intent: 'version',
      ...(release && { version: release.tag }),
      ...overlayChoice(environment),
      // What somebody set by hand is theirs until it is taken back.
      ...(isAgain &&
        environment.drift.kind === 'drifted' && {
          rollout: { conflicts: 'takeover' },
        }),
    },
    blocks: [
      runningBlock(state.running, isDeploymentTo(name), now),
      overlayBlock(environment),
      silentBlock(state.sources, environment),
      block,
      ...(isAgain
        ? []
        : [
            versionBlock(release),
            sourceHolds(ground, planned, version),
            pendingBlock(environment, release),
          ]),
      freezeBlock(environment),
    ],
  });
}

/** The first version there needs host and storage. */
function overlayChoice({ wanted }: DeliveryEnvironment) {
  const isFirst = wanted.kind === 'nothing' && !wanted.prepared;
  return isFirst ? { overlay: true } : {};
}

/** Where only what was promoted lands, nothing else is deployed than what the environment before it has. */
function sourceHolds(
  { state }: ActionGround,
  { rule: { name, promotesFrom, promotedOnly } }: PlannedEnvironment,
  version: string | undefined,
): Block | undefined {
  if (promotesFrom === undefined || !promotedOnly) return undefined;
  const source = state.environments.find(each => each.name === promotesFrom);
  if (source === undefined) return undefined;
  if (source.wanted.kind === 'nothing') return nothingRuns(promotesFrom);
  const isHeld =
    source.wanted.kind === 'version' && source.wanted.version === version;
  return isHeld
    ? undefined
    : {
        code: 'PROMOTION_NEEDED',
        sentence: `${name} takes over what ${promotesFrom} has, and nothing else.`,
      };
}

/** What the environment before it has, brought to this one. */
export function promoteActions(
  ground: ActionGround,
  { environment }: PlannedEnvironment,
): DeliveryAction[] {
  const { state, now } = ground;
  const { name, promotesFrom, wanted } = environment;
  const source = state.environments.find(each => each.name === promotesFrom);
  if (promotesFrom === undefined || source === undefined) return [];
  const version = versionIn(source);
  const release = state.versions.named(version);
  const isThere =
    version !== undefined &&
    wanted.kind === 'version' &&
    wanted.version === version;
  return templateAction(ground, {
    id: 'promote',
    template: 'deploy',
    environment: name,
    ...(version !== undefined && { version }),
    label:
      version === undefined
        ? labels.promoteAny(promotesFrom, name)
        : labels.promote(version, name),
    formData: {
      intent: 'promote',
      promoteFrom: promotesFrom,
      ...overlayChoice(environment),
    },
    blocks: [
      runningBlock(state.running, isDeploymentTo(name), now),
      state.latest.kind === 'none'
        ? { code: 'RELEASE_FIRST', sentence: 'Release it first.' }
        : undefined,
      sourceBlock(ground, source),
      overlayBlock(environment),
      silentBlock(state.sources, environment),
      isThere
        ? {
            code: 'NOTHING_TO_DEPLOY',
            sentence: `${name} has ${version} already.`,
          }
        : undefined,
      versionBlock(release),
      pendingBlock(environment, release),
      freezeBlock(environment),
    ],
  });
}

/** Only what runs healthy is taken over, or landed where nobody observes it. */
function sourceBlock(
  { state }: ActionGround,
  source: DeliveryEnvironment,
): Block | undefined {
  const { name, wanted, health } = source;
  if (wanted.kind === 'nothing') return nothingRuns(name);
  if (isSilent(state.sources, source)) {
    return silentBlock(state.sources, source);
  }
  if (wanted.kind !== 'version') return overlayBlock(source);
  const unhealthy = (sentence: string): Block => ({
    code: 'DEPLOY_SOURCE_UNHEALTHY',
    sentence,
  });
  switch (health.kind) {
    case 'healthy':
    case 'not-observed':
      return undefined;
    case 'down':
      return unhealthy(`${name} is down.`);
    case 'failed':
      return unhealthy(
        health.sentence === undefined
          ? `${name} failed.`
          : `${name} failed: ${asClause(health.sentence)}.`,
      );
    case 'rolling-out':
      return unhealthy(`${name} is still rolling out.`);
    case 'stopped':
      return unhealthy(`${name} is stopped.`);
    case 'not-deployed':
      return nothingRuns(name);
    default:
      return {
        code: 'DEPLOY_SOURCE_UNKNOWN',
        sentence: `It is not known yet how ${name} is.`,
      };
  }
}
