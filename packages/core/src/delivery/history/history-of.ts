import type { HistoryEntry } from 'backstage-plugin-dojo-common';
import type { ComponentFacts, FailedRun } from '../facts';
import type { DeliveryRules } from '../rules';
import { failedRunsOf } from '../state/failed-runs-of';
import { chainsOf } from '../state/landing-chain';
import { bareVersion, versionsOf } from '../state/versions';
import { asClause, personName } from '../words/clauses';
import { millisOf } from '../words/clock-time';
import { databaseEntries } from './database-entries';
import { deploymentEntry } from './deployment-entry';
import { releaseEntries } from './release-entries';

/**
 * What happened to a component, newest first; the `id` of an entry is its natural key. A change that waits for its merge
 * is told too, as a deployment that waits. Pure and total.
 */
export function historyOf(
  facts: ComponentFacts,
  rules: DeliveryRules,
): HistoryEntry[] {
  const { repository, databases, failures, ended = [] } = facts;
  const releases = repository.kind === 'repository' ? repository.releases : [];
  const chains = chainsOf(facts, rules, versionsOf(releases));
  const failedRuns = failedRunsOf(chains, failures);
  const told = new Set([...failedRuns.values()].map(({ id }) => id));
  const entries = [
    ...releases.flatMap(releaseEntries),
    ...[...chains.values()].flatMap(chain =>
      chain.map(link =>
        deploymentEntry(link, rules, failedRuns.get(link.landing.commit)?.id),
      ),
    ),
    ...waitingEntries(facts),
    ...Object.entries(databases).flatMap(([environment, database]) =>
      databaseEntries(environment, database),
    ),
    ...failures.filter(({ id }) => !told.has(id)).map(failureEntry),
  ];
  const byAgents = new Set(
    [...ended, ...failures]
      .filter(({ via }) => via === 'agent')
      .map(({ id }) => id),
  );
  return entries
    .map(entry =>
      entry.run !== undefined && byAgents.has(entry.run)
        ? { ...entry, via: 'agent' as const }
        : entry,
    )
    .map(entry => ({ entry, at: millisOf(entry.at) }))
    .sort((a, b) => b.at - a.at || (a.entry.id < b.entry.id ? 1 : -1))
    .map(({ entry }) => entry);
}

function waitingEntries({ infra }: ComponentFacts): HistoryEntry[] {
  if (infra.kind !== 'infra') return [];
  return Object.entries(infra.waiting).map(([environment, waiting]) => {
    const { version, since, requestedBy, url, planHash, kind } = waiting;
    const who = personName(requestedBy);
    return {
      kind: 'deployment',
      id: `waiting:${environment}:${planHash ?? since}`,
      at: since,
      ...(requestedBy && { by: requestedBy, requestedBy }),
      sentence: `${version ?? 'A change'} for ${environment} ${
        kind === 'merge' ? 'waits for a merge' : 'waits for its controller'
      }${who === undefined ? '' : `, requested by ${who}`}.`,
      environment,
      ...(version !== undefined && { version: bareVersion(version) }),
      change: 'version',
      outcome: { kind: 'waiting' },
      ...(url !== undefined && { url }),
    };
  });
}

const verbs: Record<FailedRun['verb'], string> = {
  release: 'A release',
  migration: 'A migration',
  deployment: 'A deployment',
  shipment: 'A shipment',
  service: 'The creation of the service',
};

function failureEntry(failed: FailedRun): HistoryEntry {
  const { id, at, by, verb, environment, error } = failed;
  return {
    kind: 'failure',
    id: id.startsWith('task:') ? id : `task:${id}`,
    at,
    ...(by && { by }),
    run: id,
    sentence: failureSentence(failed),
    verb,
    ...(environment !== undefined && { environment }),
    error,
  };
}

/** Where the message says of itself where it was, there is nothing to put before it. */
function failureSentence({ verb, environment, error }: FailedRun): string {
  const saysWhere = [': ', ' database '].some(
    next =>
      environment !== undefined &&
      error.message.startsWith(`${environment}${next}`),
  );
  if (saysWhere) return `${asClause(error.message)}.`;
  return `${verbs[verb]}${
    environment === undefined ? '' : ` of ${environment}`
  } failed: ${asClause(error.message)}.`;
}
