import type {
  DeliveryDrift,
  DeliveryHealth,
  DeliveryRunning,
  DeliveryWanted,
} from 'backstage-plugin-dojo-common';
import type { ClusterFacts, ComponentFacts } from '../facts';
import type { RuleEnvironment } from '../rules';
import { bareVersion } from './versions';
import type { Versions } from './versions';

/** The version that a digest is of. */
type VersionOf = (digest: string | undefined) => string | undefined;

/** What really runs in an environment, and how it is. */
export interface Live {
  readonly running: DeliveryRunning;
  readonly health: DeliveryHealth;
  readonly drift: DeliveryDrift;
}

const noDrift: DeliveryDrift = { kind: 'none' };

/** By its cluster alone: nothing of it is made up from git, but that nothing is wanted there. */
export function liveOf(
  { clusters, sources, infra }: ComponentFacts,
  { name, observed }: RuleEnvironment,
  wanted: DeliveryWanted,
  versions: Versions,
): Live {
  if (!observed) {
    return {
      running: { kind: 'not-observed' },
      health: unobservedHealth(wanted),
      drift: noDrift,
    };
  }
  const cluster = clusters[name];
  if (cluster !== undefined) {
    return shown(cluster, wanted, versionBy(versions, infra));
  }
  const source = `cluster:${name}` as const;
  const unknown = { kind: 'unknown', source } as const;
  const answers = sources.some(
    ({ id, state }) => id === source && state === 'current',
  );
  // A cluster that answers, and holds nothing of the component, is none that is not known.
  return answers && wanted.kind === 'nothing'
    ? {
        running: { kind: 'nothing' },
        health: { kind: 'not-deployed' },
        drift: noDrift,
      }
    : { running: unknown, health: unknown, drift: unknown };
}

function unobservedHealth(wanted: DeliveryWanted): DeliveryHealth {
  switch (wanted.kind) {
    case 'nothing':
      return { kind: 'not-deployed' };
    case 'unknown':
      return wanted;
    default:
      return { kind: 'not-observed' };
  }
}

function shown(
  { running, health, drift, cause }: ClusterFacts,
  wanted: DeliveryWanted,
  versionOf: VersionOf,
): Live {
  return {
    running: withVersion(running, versionOf),
    health: withCause(gravityOf(health, running, wanted), cause),
    drift,
  };
}

/** With one replica and Recreate a rollout that failed leaves nothing: that is down, whatever the object says. */
function gravityOf(
  health: DeliveryHealth,
  running: DeliveryRunning,
  wanted: DeliveryWanted,
): DeliveryHealth {
  const { kind } = health;
  if (kind === 'failed' && running.kind === 'nothing') {
    return { ...health, kind: 'down' };
  }
  if (kind === 'down' && running.kind === 'version' && running.ready > 0) {
    return { ...health, kind: 'failed' };
  }
  const isGone = wanted.kind === 'nothing' && running.kind === 'nothing';
  return isGone && kind !== 'unknown' ? { kind: 'not-deployed' } : health;
}

function withCause(
  health: DeliveryHealth,
  cause: ClusterFacts['cause'],
): DeliveryHealth {
  if (cause === undefined) return health;
  if (health.kind !== 'failed' && health.kind !== 'down') return health;
  const { code, sentence, since } = cause;
  return { code, sentence, since, ...health };
}

/** A tag that names no digest says nothing of an image; the landing that brought it does. */
function versionBy(
  versions: Versions,
  infra: ComponentFacts['infra'],
): VersionOf {
  const landings = infra.kind === 'infra' ? infra.landings : [];
  return digest =>
    digest === undefined
      ? undefined
      : versions.withDigest(digest)?.version ??
        landings.find(
          landing => landing.digest === digest && landing.version !== undefined,
        )?.version;
}

function withVersion(
  running: DeliveryRunning,
  versionOf: VersionOf,
): DeliveryRunning {
  const named = <P extends { version?: string; digest?: string }>(
    part: P,
  ): P => {
    const version =
      versionOf(part.digest) ?? (part.version && bareVersion(part.version));
    return version === undefined ? part : { ...part, version };
  };
  switch (running.kind) {
    case 'version':
      return named(running);
    case 'mixed':
      return { ...running, parts: running.parts.map(named) };
    case 'nothing': {
      // A cluster knows what ran last by its digest, where no tag or label told more.
      const { last, ...rest } = running;
      const version = last?.startsWith('sha256:') ? versionOf(last) : last;
      return { ...rest, ...(version !== undefined && { last: version }) };
    }
    default:
      return running;
  }
}
