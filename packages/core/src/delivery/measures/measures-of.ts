import type {
  DeliveryMeasures,
  EnvironmentMeasures,
} from 'backstage-plugin-dojo-common';
import type { ComponentFacts } from '../facts';
import type { DeliveryRules } from '../rules';
import { chainsOf } from '../state/landing-chain';
import type { ChainedLanding } from '../state/landing-chain';
import { versionsOf } from '../state/versions';
import type { Versions } from '../state/versions';
import { dayMs, millisOf } from '../words/clock-time';
import { failedLandings, isDeployment } from './failed-landings';
import { median, ninetieth } from './figures';
import { commitsOfLandings, thereAt } from './lead-time';
import type { LandedCommits } from './lead-time';
import { measureRules } from './measure-rules';
import { recoveries } from './recovery';

/** Which figures are asked for. */
export interface MeasuresQuestion {
  /** Absent: of those that the rules say. */
  readonly environment?: string;
  readonly days: 30 | 90;
  readonly now: Date;
}

/** The four measures, of each environment that is measured. Pure and total; linear in landings and commits. */
export function measuresOf(
  facts: ComponentFacts,
  rules: DeliveryRules,
  question: MeasuresQuestion,
): DeliveryMeasures {
  const { repository } = facts;
  const versions = versionsOf(
    repository.kind === 'repository' ? repository.releases : [],
  );
  const chains = chainsOf(facts, rules, versions);
  return {
    environments: measured(rules, question.environment).map(environment =>
      ofEnvironment(environment, chains.get(environment) ?? [], {
        facts,
        rules,
        question,
        versions,
      }),
    ),
  };
}

/** The environment that was asked for, else the configured one, else those that none promotes from. */
function measured(
  { environments, metrics }: DeliveryRules,
  asked: string | undefined,
): string[] {
  const names = environments.map(({ name }) => name);
  const wished = asked ?? metrics.environment;
  if (wished !== undefined) return names.filter(name => name === wished);
  const sources = new Set(environments.map(({ promotesFrom }) => promotesFrom));
  return names.filter(name => !sources.has(name));
}

interface Ground {
  readonly facts: ComponentFacts;
  readonly rules: DeliveryRules;
  readonly question: MeasuresQuestion;
  readonly versions: Versions;
}

function ofEnvironment(
  environment: string,
  chain: readonly ChainedLanding[],
  { facts, rules, question: { days, now }, versions }: Ground,
): EnvironmentMeasures {
  const { hotfixWindowMs } = rules.metrics;
  const to = now.getTime();
  const firstDay = Math.floor(to / dayMs) - (days - 1);
  const oldest = chain.at(0);
  const from = Math.min(
    to,
    Math.max(
      firstDay * dayMs,
      oldest === undefined ? 0 : millisOf(oldest.landing.at),
    ),
  );
  const isIn = ({ landing }: ChainedLanding) => {
    const at = millisOf(landing.at);
    return at >= from && at <= to;
  };
  const inside = chain.filter(isIn);
  const deployments = inside.filter(isDeployment);
  const count = (change: ChainedLanding['change']) =>
    inside.filter(link => link.change === change).length;
  const rollbacks = count('rollback');
  const configuration = inside.filter(
    ({ change, landing }) =>
      change === 'configuration' && landing.base !== undefined,
  ).length;
  const failed = failedLandings(chain, versions, {
    hotfixWindowMs,
    now,
  }).filter(({ link }) => isIn(link));
  const over = recoveries(chain, failed);
  const brought = commitsOfLandings(chain, versions);
  const samples = leadTimes(inside, brought);
  const infra = facts.sources.find(({ id }) => id === 'infra')?.asOf;
  // Where no cluster is watched from here, whoever lands may have noted how it went: a run, or a controller.
  const isObserved =
    rules.environments.some(
      ({ name, observed }) => name === environment && observed,
    ) ||
    deployments.some(
      ({ outcome: { kind } }) => kind === 'healthy' || kind === 'failed',
    );
  const recovered = [...over.values()];
  return {
    environment,
    days,
    from: new Date(from).toISOString(),
    to: now.toISOString(),
    asOf: infra ?? now.toISOString(),
    deployments: {
      count: deployments.length,
      perDay: perDay(deployments, from, to),
      rollbacks,
      configuration,
    },
    leadTime: {
      ...optional('medianMs', median(samples.map(({ ms }) => ms))),
      ...optional('p90Ms', ninetieth(samples.map(({ ms }) => ms))),
      commits: samples.length,
      perWeek: perWeek(samples, from, to),
    },
    failures: {
      failed: failed.length,
      of: deployments.length,
      list: failed.map(({ link: { id }, reason }) => ({ id, reason })),
    },
    recovery: {
      ...optional('medianMs', median(recovered)),
      count: recovered.length,
      open: failed.map(({ link: { id } }) => id).filter(id => !over.has(id)),
    },
    excluded: {
      first: inside.filter(link => brought.get(link)?.kind === 'first').length,
      notObserved: deployments.filter(
        ({ outcome }) => outcome.kind === 'not-observed',
      ).length,
      superseded: inside.filter(({ outcome }) => outcome.kind === 'superseded')
        .length,
      rangeUnknown: inside.filter(link => brought.get(link)?.kind === 'unknown')
        .length,
      skewed: samples.filter(({ isSkewed }) => isSkewed).length,
    },
    rules: measureRules({ hotfixWindowMs, isObserved }),
  };
}

interface LeadTime {
  readonly ms: number;
  readonly landedAt: number;
  /** The commit is younger than its landing: the clocks differ. */
  readonly isSkewed: boolean;
}

function leadTimes(
  inside: readonly ChainedLanding[],
  brought: ReadonlyMap<ChainedLanding, LandedCommits>,
): LeadTime[] {
  return inside.flatMap(link => {
    const range = brought.get(link);
    const there = thereAt(link);
    if (range?.kind !== 'known' || there === undefined) return [];
    return range.commits.map(({ at }) => {
      const ms = there - millisOf(at);
      return {
        ms: Math.max(0, ms),
        landedAt: millisOf(link.landing.at),
        isSkewed: ms < 0,
      };
    });
  });
}

function perDay(
  deployments: readonly ChainedLanding[],
  from: number,
  to: number,
): number[] {
  const first = Math.floor(from / dayMs);
  const days = Array.from(
    { length: Math.floor(to / dayMs) - first + 1 },
    () => 0,
  );
  for (const { landing } of deployments) {
    days[Math.floor(millisOf(landing.at) / dayMs) - first] += 1;
  }
  return days;
}

/** 1 January 1970 was a Thursday; weeks begin on Monday, in UTC. */
const mondayShift = 3;

function perWeek(
  samples: readonly LeadTime[],
  from: number,
  to: number,
): EnvironmentMeasures['leadTime']['perWeek'] {
  const weekOf = (at: number) =>
    Math.floor((Math.floor(at / dayMs) + mondayShift) / 7);
  const first = weekOf(from);
  const weeks: number[][] = Array.from(
    { length: weekOf(to) - first + 1 },
    () => [],
  );
  for (const { ms, landedAt } of samples)
    weeks[weekOf(landedAt) - first].push(ms);
  return weeks.map((values, at) => ({
    from: new Date(
      Math.max(from, ((first + at) * 7 - mondayShift) * dayMs),
    ).toISOString(),
    ...optional('medianMs', median(values)),
  }));
}

function optional<Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [N in Name]?: number } {
  return value === undefined
    ? {}
    : ({ [name]: value } as { readonly [N in Name]?: number });
}
