import type { RolloutOutcome } from 'backstage-plugin-dojo-common';
import type { ClusterFacts, ComponentFacts, Landing } from '../facts';
import type { DeliveryRules } from '../rules';
import { asClause } from '../words/clauses';
import { millisOf } from '../words/clock-time';
import { bareVersion } from './versions';
import type { Versions } from './versions';

/** A landing in the line of its environment. */
export interface ChainedLanding {
  readonly landing: Landing;
  /** Of its entry in the history. */
  readonly id: string;
  /** By the base's commit, else as the landing says it. */
  readonly version?: string;
  /** That of the landing before it. */
  readonly previous?: string;
  readonly change:
    | 'first'
    | 'version'
    | 'rollback'
    | 'configuration'
    | 'removed';
  /** How its rollout ended in the end. */
  readonly outcome: RolloutOutcome;
  /** All that is known of it, oldest first. */
  readonly outcomes: readonly RolloutOutcome[];
}

/** The landings by environment, oldest first; also of environments that are not configured any more. Linear. */
export function chainsOf(
  { infra, clusters }: ComponentFacts,
  rules: DeliveryRules,
  versions: Versions,
): ReadonlyMap<string, readonly ChainedLanding[]> {
  if (infra.kind !== 'infra') return new Map();
  const byEnvironment = new Map<string, Landing[]>();
  const environmentsOf = new Map<string, number>();
  for (const landing of infra.landings) {
    const { commit, environment } = landing;
    environmentsOf.set(commit, (environmentsOf.get(commit) ?? 0) + 1);
    const line = byEnvironment.get(environment);
    if (line === undefined) byEnvironment.set(environment, [landing]);
    else line.push(landing);
  }
  const idOf = ({ commit, environment }: Landing) =>
    (environmentsOf.get(commit) ?? 0) > 1
      ? `deployment:${commit}:${environment}`
      : `deployment:${commit}`;
  return new Map(
    [...byEnvironment].map(([environment, newestFirst]) => {
      const isObserved = rules.environments.some(
        ({ name, observed }) => name === environment && observed,
      );
      return [
        environment,
        chain([...newestFirst].reverse(), versions, idOf).map(
          (link, at, all) => {
            const isNewest = at === all.length - 1;
            const outcomes = outcomesOf(
              link,
              isNewest && isObserved ? clusters[environment] : undefined,
            );
            return { ...link, outcomes, outcome: outcomes.at(-1)! };
          },
        ),
      ] as const;
    }),
  );
}

type Link = Omit<ChainedLanding, 'outcome' | 'outcomes'>;

function chain(
  landings: readonly Landing[],
  versions: Versions,
  idOf: (landing: Landing) => string,
): Link[] {
  const ran = new Set<string>();
  let before:
    | { readonly landing: Landing; readonly version?: string }
    | undefined;
  return landings.map(landing => {
    const version = versionOf(landing, versions);
    const change = changeOf(landing, version, before, { ran, versions });
    const link = {
      landing,
      id: idOf(landing),
      change,
      ...(version !== undefined && { version }),
      ...(before?.version !== undefined && { previous: before.version }),
    };
    if (landing.removed) before = undefined;
    else if (landing.base !== undefined) before = link;
    for (const name of [landing.base, version]) if (name) ran.add(name);
    return link;
  });
}

/** What version a landing brought, by its base before what its message says. */
export function versionOf(
  { base, version }: Pick<Landing, 'base' | 'version'>,
  versions: Versions,
): string | undefined {
  const release = versions.atCommit(base) ?? versions.named(version);
  return release?.version ?? (version && bareVersion(version));
}

function changeOf(
  landing: Landing,
  version: string | undefined,
  before: { readonly landing: Landing; readonly version?: string } | undefined,
  { ran, versions }: { ran: ReadonlySet<string>; versions: Versions },
): ChainedLanding['change'] {
  const { base, digest, removed, rollback } = landing;
  if (removed) return 'removed';
  // What prepares an overlay, or cannot be read, brings no version.
  if (base === undefined) return 'configuration';
  if (before === undefined) return 'first';
  if (base === before.landing.base && digest === before.landing.digest) {
    return 'configuration';
  }
  if (rollback) return 'rollback';
  if (version === undefined || before.version === undefined) return 'version';
  if (version === before.version) return 'version';
  const isAncestor = versions.closureOf(before.version).has(version);
  const isLower = versions.compare(version, before.version) < 0;
  const ranHere = ran.has(base) || ran.has(version);
  return isAncestor || (isLower && ranHere) ? 'rollback' : 'version';
}

const notObserved: RolloutOutcome = { kind: 'not-observed' };

/** What the notes say, and of the newest landing what its cluster shows now. At least one. */
function outcomesOf(
  link: Link,
  cluster: ClusterFacts | undefined,
): readonly RolloutOutcome[] {
  const { landing, change } = link;
  const noted = landing.outcomes?.length
    ? landing.outcomes
    : [landing.outcome ?? notObserved];
  const last = noted[noted.length - 1];
  if (cluster === undefined || change === 'removed') return noted;
  if (landing.base === undefined) return noted;
  const shown = shownOutcome(link, cluster);
  if (last.kind === 'not-observed' || last.kind === 'waiting') return [shown];
  // It came up after all, such as after a migration.
  return last.kind === 'failed' && shown.kind === 'healthy'
    ? [...noted, shown]
    : noted;
}

function shownOutcome(
  { landing, version }: Link,
  { running, health, cause }: ClusterFacts,
): RolloutOutcome {
  switch (health.kind) {
    case 'healthy': {
      if (!isOf(landing, version, running)) return { kind: 'waiting' };
      const since = 'since' in health ? health.since : undefined;
      const isLater =
        since !== undefined && millisOf(since) > millisOf(landing.at);
      const at = isLater ? since : landing.at;
      return { kind: 'healthy', at };
    }
    case 'failed':
    case 'down': {
      const code = cause?.code ?? health.code;
      const sentence = cause?.sentence ?? health.sentence;
      const at = cause?.since ?? health.since;
      return {
        kind: 'failed',
        ...(at !== undefined && { at }),
        ...(code !== undefined && { code }),
        ...(sentence !== undefined && { sentence: asClause(sentence) }),
      };
    }
    case 'rolling-out':
      return { kind: 'waiting' };
    default:
      return notObserved;
  }
}

/** Whether what runs is what landed, as far as either is known. */
function isOf(
  landing: Landing,
  version: string | undefined,
  running: ClusterFacts['running'],
): boolean {
  if (running.kind !== 'version') return false;
  if (running.digest !== undefined && landing.digest !== undefined) {
    return running.digest === landing.digest;
  }
  if (running.version === undefined || version === undefined) return true;
  return bareVersion(running.version) === version;
}
