import type {
  DeliveryEnvironment,
  DeliveryRun,
  DeliverySource,
} from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import { pendingOf } from '../state/database-of';
import { asClause, personName } from '../words/clauses';
import { clockTime } from '../words/clock-time';
import { movedSentence, unreadableSentence } from '../words/sentences';
import type { Block } from './action-ground';

/** The run that does now what somebody else would ask for, where one of them does. */
export function runningBlock(
  runs: readonly DeliveryRun[],
  isSame: (run: DeliveryRun) => boolean,
  now: Date,
): Block | undefined {
  const run = runs.find(isSame);
  return run && { code: 'RUNNING', sentence: runningSentence(run, now) };
}

/**
 * `Release 0.4.0 is running, started by owner`: how long ago is for the page to say, from the run's `startedAt`, since a
 * sentence would go stale.
 */
export function runningSentence(run: DeliveryRun, now: Date): string {
  const { kind, environment, version, by, via, startedAt } = run;
  const who = personName(by);
  if (kind === 'migration' && environment !== undefined) {
    return `${environment} database is being migrated${
      who === undefined ? '' : ` by ${who}`
    } since ${clockTime(startedAt, now)}.`;
  }
  const of = version === undefined ? '' : ` of ${version}`;
  const to = environment === undefined ? '' : ` to ${environment}`;
  const what = {
    release: version === undefined ? 'A release' : `Release ${version}`,
    migration: 'A migration',
    deployment: `Deployment${of}${to}`,
    shipment: `Shipment${of}${to}`,
    service: 'The creation of the service',
  }[kind];
  return `${what} is running${who === undefined ? '' : `, started by ${who}`}${
    via === 'agent' ? ' through an agent' : ''
  }`;
}

/** Whether a cluster is asked, and gives no answer now. */
export function isSilent(
  sources: readonly DeliverySource[],
  { name, observed }: Pick<DeliveryEnvironment, 'name' | 'observed'>,
): boolean {
  return (
    observed &&
    sources.some(
      ({ id, state }) =>
        id === `cluster:${name}` && (state === 'late' || state === 'failed'),
    )
  );
}

/** Of an environment whose cluster does not answer. */
export function silentBlock(
  sources: readonly DeliverySource[],
  environment: Pick<DeliveryEnvironment, 'name' | 'observed'>,
): Block | undefined {
  return isSilent(sources, environment)
    ? {
        code: 'CLUSTER_SILENT',
        sentence: `${environment.name}'s cluster does not answer.`,
      }
    : undefined;
}

/** Of an overlay that nobody can read, and so not edit, or that was not read yet. */
export function overlayBlock({
  name,
  wanted,
}: Pick<DeliveryEnvironment, 'name' | 'wanted'>): Block | undefined {
  switch (wanted.kind) {
    case 'unreadable':
      return {
        code: 'DEPLOY_OVERLAY_UNREADABLE',
        sentence: unreadableSentence(name, wanted),
      };
    case 'unknown':
      return {
        code: 'INFRA_UNKNOWN',
        sentence: 'The infra repository has not been read yet.',
      };
    default:
      return undefined;
  }
}

/** Of a version that is not brought anywhere: rejected, moved, or without its image. */
export function versionBlock(
  release: ReleasedVersion | undefined,
): Block | undefined {
  if (release === undefined) return undefined;
  const { version, rejected, moved, image } = release;
  if (rejected !== undefined) {
    return {
      code: 'DEPLOY_VERSION_REJECTED',
      sentence: `Rejected: ${asClause(rejected.reason)}.`,
    };
  }
  if (moved !== undefined) {
    return {
      code: 'DEPLOY_TAG_MOVED',
      sentence: movedSentence(release.tag, moved),
    };
  }
  if (image.kind !== 'digest') return undefined;
  switch (image.check) {
    case 'missing':
      return {
        code: 'DEPLOY_IMAGE_GONE',
        sentence: `The image of ${version} is not in the registry.`,
      };
    case 'differs':
      return {
        code: 'DEPLOY_IMAGE_MOVED',
        sentence: `The image of ${version} is not the one that was released.`,
      };
    default:
      return undefined;
  }
}

/** Of migrations that a version needs and the database lacks. */
export function pendingBlock(
  { name, database }: Pick<DeliveryEnvironment, 'name' | 'database'>,
  release: ReleasedVersion | undefined,
): Block | undefined {
  if (database.kind !== 'level' || database.provenBy !== undefined) {
    return undefined;
  }
  const { length } = pendingOf(release, database.at);
  return length === 0
    ? undefined
    : {
        code: 'MIGRATIONS_PENDING',
        sentence: `Migrate ${name} first (${length} pending), or choose Migrate and deploy.`,
      };
}

/** Of a freeze that holds now, with its end. */
export function freezeBlock({
  frozen,
}: Pick<DeliveryEnvironment, 'frozen'>): Block | undefined {
  return frozen && { code: 'DEPLOY_FROZEN', ...frozen };
}
