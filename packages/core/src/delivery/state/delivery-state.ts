import type {
  DeliveryEnvironment,
  DeliveryLine,
  DeliveryRelease,
  DeliveryRun,
  DeliverySource,
  DeliveryUnknown,
} from 'backstage-plugin-dojo-common';
import type { ComponentFacts } from '../facts';
import type { DeliveryRules } from '../rules';
import { environmentOf } from './environment-of';
import { chainsOf } from './landing-chain';
import type { ChainedLanding } from './landing-chain';
import { versionsOf } from './versions';
import type { Versions } from './versions';

/** What the facts say of a component, environment by environment: the ground of actions and attention. */
export interface DeliveryState {
  readonly facts: ComponentFacts;
  readonly component: string;
  readonly sources: readonly DeliverySource[];
  /** [0] is the release branch; others only while they hold what is not released, or not on that one. */
  readonly lines: readonly DeliveryLine[];
  readonly latest:
    | DeliveryRelease
    | { readonly kind: 'none' }
    | DeliveryUnknown;
  /** Every one that is configured, in that order. */
  readonly environments: readonly DeliveryEnvironment[];
  readonly running: readonly DeliveryRun[];
  readonly versions: Versions;
  /** Landings by environment, oldest first. */
  readonly chains: ReadonlyMap<string, readonly ChainedLanding[]>;
}

const maxCommits = 20;

/** Reads it from the facts. Total: whatever is not known stays `unknown`. */
export function readState(
  facts: ComponentFacts,
  rules: DeliveryRules,
): DeliveryState {
  const { repository } = facts;
  const isRead = repository.kind === 'repository';
  const versions = versionsOf(isRead ? repository.releases : []);
  const chains = chainsOf(facts, rules, versions);
  const ground = { facts, rules, versions, chains };
  return {
    facts,
    component: facts.component,
    sources: facts.sources,
    lines: (isRead ? repository.lines : [])
      .filter(
        ({ count, notOnMain }, at) =>
          at === 0 || count > 0 || notOnMain !== undefined,
      )
      .map(cutLine),
    latest: latestOf(facts, versions),
    environments: rules.environments.map(environment =>
      environmentOf(environment, ground),
    ),
    running: facts.runs,
    versions,
    chains,
  };
}

function cutLine(line: DeliveryLine): DeliveryLine {
  const cut = line.commits.length - maxCommits;
  return cut <= 0
    ? line
    : {
        ...line,
        commits: line.commits.slice(0, maxCommits),
        omitted: line.omitted + cut,
      };
}

function latestOf(
  { repository }: ComponentFacts,
  versions: Versions,
): DeliveryState['latest'] {
  if (repository.kind === 'unknown') return repository;
  const newest = versions.all.at(0);
  if (newest === undefined) return { kind: 'none' };
  const {
    oid,
    migrations,
    breakingMigrations,
    previous,
    counting,
    commits,
    commitsCut,
    contains,
    ...release
  } = newest;
  return release;
}
