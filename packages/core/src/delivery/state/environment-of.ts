import type {
  DeliveryEnvironment,
  DeliveryWanted,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import type { ComponentFacts } from '../facts';
import type { DeliveryRules, RuleEnvironment } from '../rules';
import { millisOf } from '../words/clock-time';
import { databaseOf } from './database-of';
import type { ChainedLanding } from './landing-chain';
import { versionOf } from './landing-chain';
import { liveOf } from './live-of';
import { provenLevel } from './proven-level';
import { bareVersion } from './versions';
import type { Versions } from './versions';

/** What the parts of an environment are made from. */
export interface EnvironmentGround {
  readonly facts: ComponentFacts;
  readonly rules: DeliveryRules;
  readonly versions: Versions;
  readonly chains: ReadonlyMap<string, readonly ChainedLanding[]>;
}

/** One environment: what is wanted, what runs and what waits. */
export function environmentOf(
  environment: RuleEnvironment,
  ground: EnvironmentGround,
): DeliveryEnvironment {
  const { facts, versions } = ground;
  const { name, title, promotesFrom, mode, approval, observed, frozen } =
    environment;
  const wanted = wantedOf(name, ground);
  const release = releaseOf(wanted, versions);
  const infra = facts.infra.kind === 'infra' ? facts.infra : undefined;
  const overlayUrl = infra?.overlayUrls[name];
  const waiting = infra?.waiting[name];
  const afterMs = afterOf(environment, wanted, ground);
  const live = liveOf(facts, environment, wanted, versions);
  const current =
    live.running.kind === 'version' ? live.running.version : undefined;
  return {
    name,
    ...(title !== undefined && { title }),
    ...(promotesFrom !== undefined && { promotesFrom }),
    ...(mode !== undefined && { mode }),
    approval,
    observed,
    ...(overlayUrl !== undefined && { overlayUrl }),
    wanted,
    ...live,
    database: databaseOf(facts, environment, {
      wanted: release,
      next: nextOf(environment, ground),
      proven: observed
        ? provenLevel(ground.chains.get(name) ?? [], versions)
        : undefined,
    }),
    ...(waiting !== undefined && {
      waiting: withOutdated(waiting, environment, ground),
    }),
    ...(frozen !== undefined && { frozen: { ...frozen } }),
    ...(afterMs !== undefined && { afterMs }),
    behind: behindOf(
      current ?? (wanted.kind === 'version' ? wanted.version : undefined),
      wanted,
      ground,
    ),
  };
}

/** The released version that an environment is to have. */
export function releaseOf(wanted: DeliveryWanted, versions: Versions) {
  return wanted.kind === 'version'
    ? versions.atCommit(wanted.base) ?? versions.named(wanted.version)
    : undefined;
}

function wantedOf(
  name: string,
  { facts: { infra }, versions, chains }: EnvironmentGround,
): DeliveryWanted {
  if (infra.kind === 'unknown') return infra;
  if (infra.kind === 'off') return { kind: 'nothing' };
  const wanted = infra.wanted[name] ?? ({ kind: 'nothing' } as const);
  if (wanted.kind !== 'version') return wanted;
  const version = versionOf(wanted, versions);
  const link = chains
    .get(name)
    ?.findLast(({ landing }) => landing.commit === wanted.commit);
  const change =
    link === undefined || link.change === 'removed'
      ? wanted.change
      : link.change;
  return { ...wanted, change, ...(version !== undefined && { version }) };
}

/** What would come next: what the environment before it has, else the newest version that nothing holds back. */
function nextOf({ promotesFrom }: RuleEnvironment, ground: EnvironmentGround) {
  return promotesFrom === undefined
    ? ground.versions.all.find(({ rejected, moved }) => !rejected && !moved)
    : releaseOf(wantedOf(promotesFrom, ground), ground.versions);
}

/** From where the version was before, or from its release, to here. */
function afterOf(
  { promotesFrom }: RuleEnvironment,
  wanted: DeliveryWanted,
  { versions, chains }: EnvironmentGround,
): number | undefined {
  if (wanted.kind !== 'version') return undefined;
  const here = millisOf(wanted.at);
  const version = versionOf(wanted, versions);
  const neighbour =
    promotesFrom === undefined
      ? undefined
      : chains
          .get(promotesFrom)
          ?.findLast(
            ({ landing, ...link }) =>
              version !== undefined &&
              link.version === version &&
              millisOf(landing.at) <= here,
          );
  const from = neighbour?.landing.at ?? releaseOf(wanted, versions)?.at;
  return from === undefined ? undefined : Math.max(0, here - millisOf(from));
}

/** A change says what its source had when it was asked for; the source may have gone on. */
function withOutdated(
  waiting: WaitingChange,
  { promotesFrom }: RuleEnvironment,
  ground: EnvironmentGround,
): WaitingChange {
  if (waiting.outdated !== undefined || waiting.version === undefined) {
    return waiting;
  }
  if (promotesFrom === undefined) return waiting;
  const source = wantedOf(promotesFrom, ground);
  const version = source.kind === 'version' ? source.version : undefined;
  return version === undefined || version === bareVersion(waiting.version)
    ? waiting
    : { ...waiting, outdated: { source: promotesFrom, version } };
}

/** How many versions, and commits that count in them, the newest one has before that of an environment. */
function behindOf(
  current: string | undefined,
  wanted: DeliveryWanted,
  { facts: { repository }, versions }: EnvironmentGround,
): DeliveryEnvironment['behind'] {
  if (repository.kind === 'unknown') return repository;
  if (wanted.kind === 'unknown') return wanted;
  const newest = versions.all.at(0)?.version;
  if (wanted.kind === 'nothing' || newest === undefined) {
    return { kind: 'behind', versions: 0, commits: 0 };
  }
  if (current === undefined || versions.named(current) === undefined) {
    return { kind: 'unknown', source: 'repository' };
  }
  const held = versions.closureOf(versions.named(current)!.version);
  const missing = [...versions.closureOf(newest)].filter(
    version => !held.has(version),
  );
  return {
    kind: 'behind',
    versions: missing.length,
    commits: missing.reduce(
      (sum, version) => sum + (versions.named(version)?.counting ?? 0),
      0,
    ),
  };
}
