import type {
  DeliveryAttention,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import type { ClusterFacts } from '../facts';
import { failedRunsOf } from '../state/failed-runs-of';
import { asClause } from '../words/clauses';
import { clockTime } from '../words/clock-time';
import { actionOf, sinceOf } from './attention-ground';
import type { AttentionGround } from './attention-ground';

const maxLogLines = 20;
const maxLogLine = 300;

/** Rank 1: nothing runs. Rank 2: a rollout failed, or a migration left the service stopped. */
export function brokenAttention(
  ground: AttentionGround,
  environment: DeliveryEnvironment,
): DeliveryAttention[] {
  const { state, now } = ground;
  const { name, health } = environment;
  const cause = state.facts.clusters[name]?.cause;
  switch (health.kind) {
    case 'down':
      return [
        {
          rank: 1,
          code: cause?.code ?? health.code ?? 'DOWN',
          environment: name,
          since: sinceOf([health.since, cause?.since], now),
          sentence: `${name} is down: ${whatFailed(environment, cause)}.`,
          hint: lastRan(ground, environment) ?? hintOf(cause),
          ...detailsOf(ground, cause),
          ...actionOf(ground, ['roll-back', 'deploy', 'migrate'], name),
          ...runOf(ground, environment),
        },
      ];
    case 'failed':
      return [
        {
          rank: 2,
          code: cause?.code ?? health.code ?? 'FAILED',
          environment: name,
          since: sinceOf([health.since, cause?.since], now),
          sentence: `${name} failed: ${whatFailed(environment, cause)}.`,
          hint: stillRuns(environment) ?? hintOf(cause),
          ...detailsOf(ground, cause),
          ...actionOf(ground, ['roll-back', 'deploy', 'migrate'], name),
          ...runOf(ground, environment),
        },
      ];
    default:
      return leftStopped(ground, environment);
  }
}

/** `0.4.1 exits at start (code 1, 2 restarts)` */
function whatFailed(
  { wanted, health }: DeliveryEnvironment,
  cause: ClusterFacts['cause'],
): string {
  const version = wanted.kind === 'version' ? wanted.version : undefined;
  const shown = 'sentence' in health ? health.sentence : undefined;
  const sentence = asClause(cause?.sentence ?? shown ?? 'nothing runs');
  const numbers = [
    cause?.exitCode === undefined ? undefined : `code ${cause.exitCode}`,
    cause?.restarts === undefined
      ? undefined
      : `${cause.restarts} ${cause.restarts === 1 ? 'restart' : 'restarts'}`,
  ].filter(part => part !== undefined);
  return `${version === undefined ? '' : `${version} `}${sentence}${
    numbers.length === 0 ? '' : ` (${numbers.join(', ')})`
  }`;
}

/** `0.4.0 ran here until 14:02.` */
function lastRan(
  { now }: AttentionGround,
  { running }: DeliveryEnvironment,
): string | undefined {
  if (running.kind !== 'nothing' || running.last === undefined)
    return undefined;
  const until =
    running.since === undefined
      ? ' before'
      : ` until ${clockTime(running.since, now)}`;
  return `${running.last} ran here${until}.`;
}

/** The task that landed what is wanted there. */
function runOf(
  { state }: AttentionGround,
  { name, wanted }: DeliveryEnvironment,
): Pick<DeliveryAttention, 'run'> {
  const landing = state.chains
    .get(name)
    ?.findLast(
      each =>
        wanted.kind === 'version' && each.landing.commit === wanted.commit,
    )?.landing;
  const failed = failedRunsOf(state.chains, state.facts.failures);
  const open = state.running.find(
    ({ kind, environment }) =>
      environment === name && (kind === 'deployment' || kind === 'shipment'),
  );
  const run =
    landing?.run ?? (landing && failed.get(landing.commit)?.id) ?? open?.id;
  return run === undefined ? {} : { run };
}

function stillRuns({ running }: DeliveryEnvironment): string | undefined {
  return running.kind === 'version' && running.version !== undefined
    ? `${running.version} still runs.`
    : undefined;
}

function hintOf(cause: ClusterFacts['cause']): string {
  return cause?.hint ?? 'Look at its events and its log.';
}

function detailsOf(
  { logs }: AttentionGround,
  cause: ClusterFacts['cause'],
): Partial<DeliveryAttention> {
  if (cause === undefined) return {};
  const { object, exitCode, restarts, log } = cause;
  return {
    ...(object !== undefined && { object }),
    ...(exitCode !== undefined && { exitCode }),
    ...(restarts !== undefined && { restarts }),
    ...(logs &&
      log !== undefined && {
        log: log.slice(-maxLogLines).map(line => line.slice(0, maxLogLine)),
      }),
  };
}

/** A migration stops the service, and should start it again. */
function leftStopped(
  ground: AttentionGround,
  environment: DeliveryEnvironment,
): DeliveryAttention[] {
  const { state, now } = ground;
  const { name, health, wanted, database } = environment;
  const isMigrating = state.running.some(
    run => run.environment === name && run.kind !== 'release',
  );
  const left =
    database.kind === 'migrating' ||
    state.facts.failures.some(
      ({ verb, environment: where }) => verb === 'migration' && where === name,
    );
  if (health.kind !== 'stopped' || wanted.kind !== 'version') return [];
  if (isMigrating || !left) return [];
  return [
    {
      rank: 2,
      code: 'DATABASE_LEFT',
      environment: name,
      since: sinceOf([health.since], now),
      sentence: `${name} was stopped for a migration that has ended, and nothing runs there.`,
      hint: 'Deploy the version again: that starts it.',
      ...actionOf(ground, ['deploy', 'migrate', 'roll-back'], name),
    },
  ];
}
