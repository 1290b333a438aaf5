import type {
  DeliveryCell,
  DeliveryEnvironment,
  DeliveryFlag,
  DeliveryRow,
} from 'backstage-plugin-dojo-common';
import { versionIn } from './actions/fit-versions';
import { attentionOf } from './attention/attention-of';
import type { ComponentFacts } from './facts';
import type { DeliveryRules } from './rules';
import { readState } from './state/delivery-state';
import type { DeliveryState } from './state/delivery-state';
import { millisOf } from './words/clock-time';

/** A component in the list of all, with what it is filtered, sorted and found by. */
export interface DeliveryRowFacts {
  readonly row: DeliveryRow;
  readonly flags: readonly DeliveryFlag[];
  /** What rows are ordered by; as text, and those that need attention most first. */
  readonly sort: {
    /** `1:2026-11-29T14:02:00.000Z`: its rank, and since when; 9 without an instant: nothing needs anybody. */
    readonly attention: string;
    readonly name: string;
    /** Instant of the latest release. */
    readonly released?: string;
    /** Instant of the newest landing. */
    readonly deployed?: string;
  };
  /** Lower-cased words that a search looks in: names, versions, digests and SHAs. */
  readonly search: readonly string[];
}

/** Pure and total. */
export function deliveryRow(
  facts: ComponentFacts,
  rules: DeliveryRules,
  now: Date,
): DeliveryRowFacts {
  const state = readState(facts, rules);
  const [first] = attentionOf({ state, actions: [], logs: false, now });
  const { latest } = state;
  const [line] = state.lines;
  const asOf = oldest(
    facts.sources.flatMap(({ asOf: read }) =>
      read === undefined ? [] : [read],
    ),
  );
  const deployed =
    facts.infra.kind === 'infra' ? facts.infra.landings.at(0) : undefined;
  return {
    row: {
      component: facts.component,
      title: facts.title,
      ...(facts.owner !== undefined && { owner: facts.owner }),
      ...(latest.kind === 'release' && {
        latest: { version: latest.version, at: latest.at },
      }),
      ...(line && {
        unreleased: {
          count: line.count,
          ...(line.next && { next: line.next.version }),
        },
      }),
      environments: state.environments.map(cellOf),
      ...(first && {
        attention: {
          rank: first.rank,
          sentence: first.sentence,
          ...(first.environment !== undefined && {
            environment: first.environment,
          }),
        },
      }),
      ...(asOf !== undefined && { asOf }),
    },
    flags: flagsOf(state),
    sort: {
      attention:
        first === undefined
          ? '9'
          : `${first.rank}:${new Date(millisOf(first.since)).toISOString()}`,
      name: facts.title.toLowerCase(),
      ...(latest.kind === 'release' && { released: latest.at }),
      ...(deployed && { deployed: deployed.at }),
    },
    search: wordsOf(state),
  };
}

function cellOf(environment: DeliveryEnvironment): DeliveryCell {
  const { name, running, wanted, health, database, drift, waiting } =
    environment;
  const isSeen = running.kind === 'version' && running.version !== undefined;
  const version = versionIn(environment);
  const landed = wanted.kind === 'version' ? wanted.at : undefined;
  const at = isSeen ? running.since : landed;
  return {
    name,
    ...(version !== undefined && { version }),
    health: health.kind,
    pending: database.kind === 'level' && database.pending.length > 0,
    drift: drift.kind === 'drifted',
    waiting: waiting !== undefined,
    ...(at !== undefined && { at }),
  };
}

function flagsOf({
  environments,
  lines,
  sources,
  versions,
}: DeliveryState): DeliveryFlag[] {
  const cells = environments.map(cellOf);
  const flags: Record<DeliveryFlag, boolean> = {
    drifted: cells.some(({ drift }) => drift),
    pending: cells.some(({ pending }) => pending),
    waiting: cells.some(({ waiting }) => waiting),
    behind: environments.some(
      ({ behind }) => behind.kind === 'behind' && behind.versions > 0,
    ),
    unreleased: (lines.at(0)?.counting ?? 0) > 0,
    unfinished: (versions.all.at(0)?.unfinished.length ?? 0) > 0,
    late: sources.some(({ state }) => state === 'late' || state === 'failed'),
  };
  return (Object.keys(flags) as DeliveryFlag[]).filter(flag => flags[flag]);
}

function wordsOf({ facts, latest, environments }: DeliveryState): string[] {
  const { repository } = facts;
  const words = [
    facts.title,
    facts.component,
    ...(repository.kind === 'repository' ? [repository.head] : []),
    ...(latest.kind === 'release'
      ? [
          latest.version,
          latest.tag,
          latest.sha,
          latest.image.kind === 'digest' ? latest.image.digest : undefined,
        ]
      : []),
    ...environments.flatMap(({ wanted, running }) => [
      ...(wanted.kind === 'version'
        ? [wanted.version, wanted.digest, wanted.base, wanted.commit]
        : []),
      ...(running.kind === 'version' ? [running.version, running.digest] : []),
    ]),
  ];
  return [
    ...new Set(
      words.flatMap(word => (word === undefined ? [] : [word.toLowerCase()])),
    ),
  ];
}

function oldest(instants: readonly string[]): string | undefined {
  return instants.reduce<string | undefined>(
    (least, each) =>
      least === undefined || millisOf(each) < millisOf(least) ? each : least,
    undefined,
  );
}
