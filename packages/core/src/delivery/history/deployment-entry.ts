import type { HistoryEntry } from 'backstage-plugin-dojo-common';
import type { DeliveryRules } from '../rules';
import type { ChainedLanding } from '../state/landing-chain';
import { asClause, isSamePerson, personName } from '../words/clauses';
import { millisOf } from '../words/clock-time';
import { isSameHand } from './same-hand';

type DeploymentEntry = Extract<HistoryEntry, { kind: 'deployment' }>;

/**
 * A landing as the history tells it. `afterMs`: from the landing to how it ended.
 *
 * @param failedRun - id of the run whose rollout failed, where one landed it
 */
export function deploymentEntry(
  link: ChainedLanding,
  rules: DeliveryRules,
  failedRun?: string,
): DeploymentEntry {
  const { landing, id, version, previous, change, outcome } = link;
  const { environment, at, by, requestedBy, mergedBy, digest, url } = landing;
  const run = landing.run ?? failedRun;
  const { planHash } = landing;
  const sameHand = isSameHand(landing, rules);
  return {
    kind: 'deployment',
    id,
    at,
    ...(by && { by }),
    ...(run !== undefined && { run }),
    sentence: sentenceOf(link, sameHand),
    environment,
    ...(version !== undefined && { version }),
    ...(previous !== undefined && { previous }),
    change,
    ...(digest !== undefined && { digest }),
    ...(requestedBy && { requestedBy }),
    ...(mergedBy && { mergedBy }),
    ...(sameHand && { sameHand: true }),
    outcome,
    ...(planHash !== undefined && { planHash }),
    ...(outcome.at !== undefined && {
      afterMs: Math.max(0, millisOf(outcome.at) - millisOf(at)),
    }),
    ...(url !== undefined && { url }),
  };
}

/** What happened, by whom, and how it ended where it did not end well. */
function sentenceOf(link: ChainedLanding, sameHand: boolean): string {
  const { landing, outcome } = link;
  if (outcome.kind === 'failed') {
    const why =
      outcome.sentence === undefined ? '' : `: ${asClause(outcome.sentence)}`;
    return `${landing.environment}: ${
      link.version ?? 'the version'
    } failed${why}.`;
  }
  return `${whatHappened(link)}${whoDid(link, sameHand)}.`;
}

function whatHappened({ landing, version, change }: ChainedLanding): string {
  const { environment } = landing;
  const what = version ?? 'another version';
  switch (change) {
    case 'removed':
      return `Removed from ${environment}`;
    case 'rollback':
      return `${environment} rolled back to ${what}`;
    case 'configuration':
      return landing.base === undefined
        ? `The overlay of ${environment} changed`
        : `The configuration of ${environment} changed`;
    default:
      return `${what} landed in ${environment}`;
  }
}

function whoDid({ landing }: ChainedLanding, sameHand: boolean): string {
  const { by, requestedBy, mergedBy } = landing;
  const requester = personName(requestedBy);
  const merger =
    personName(mergedBy) ?? (sameHand ? personName(by) : undefined);
  if (merger !== undefined && isSamePerson(requestedBy, mergedBy ?? by)) {
    return `, merged by ${merger}, who requested it`;
  }
  if (requester !== undefined && merger !== undefined) {
    return `, requested by ${requester}, merged by ${merger}`;
  }
  if (merger !== undefined) return `, merged by ${merger}`;
  const who = requester ?? personName(by);
  return who === undefined ? '' : ` by ${who}`;
}
