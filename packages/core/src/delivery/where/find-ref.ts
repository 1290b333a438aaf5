import type { DeliveryLine, DeliveryWhere } from 'backstage-plugin-dojo-common';
import type { ComponentFacts, ReleasedCommit, ReleasedVersion } from '../facts';
import type { DeliveryRules } from '../rules';
import { readState } from '../state/delivery-state';
import type { DeliveryState } from '../state/delivery-state';
import { millisOf } from '../words/clock-time';
import { parseRef } from './parse-ref';
import type { WantedRef } from './parse-ref';
import { whereClause, whereIn } from './where-in';

const shownDigits = 7;

/**
 * Where a commit, pull request or version is. Pure and total: what `checkRef` refuses is not found. The sentence's times
 * are in UTC, with their day where it is not that of `now`.
 *
 * @param ref - at least 7 digits of a commit, `29` or `#29`, or a version with or without its `v`.
 * @param now - absent: when the newest source was read.
 */
export function findRef(
  facts: ComponentFacts,
  rules: DeliveryRules,
  ref: string,
  now: Date = newestReading(facts),
): DeliveryWhere {
  const state = readState(facts, rules);
  const wanted = parseRef(ref);
  const name = nameOf(wanted, ref);
  if (wanted.kind === 'version') {
    return (
      ofVersion(state, wanted.version, now) ?? notFound(state, name, wanted)
    );
  }
  return (
    released(state, wanted, name, now) ??
    waiting(state, wanted, name) ??
    // A tag may look like a commit or a number.
    ofVersion(state, ref.trim(), now) ??
    notFound(state, name, wanted)
  );
}

function newestReading({ sources }: ComponentFacts): Date {
  return new Date(
    sources.reduce(
      (newest, { asOf }) =>
        Math.max(newest, asOf === undefined ? 0 : millisOf(asOf)),
      0,
    ),
  );
}

function nameOf(wanted: WantedRef, ref: string): string {
  switch (wanted.kind) {
    case 'pull-request':
      return `#${wanted.number}`;
    case 'commit':
      return wanted.prefix.slice(0, shownDigits);
    default:
      return ref.trim();
  }
}

function ofVersion(
  state: DeliveryState,
  version: string,
  now: Date,
): DeliveryWhere | undefined {
  const release = state.versions.named(version);
  return release && found(state, release, release.version, { now });
}

function found(
  state: DeliveryState,
  release: ReleasedVersion,
  sentenceName: string,
  { now, lost = [] }: { readonly now: Date; readonly lost?: readonly string[] },
): DeliveryWhere {
  const holds = whereIn(state, release.version, lost);
  const url = release.urls.release ?? release.urls.tag;
  return {
    kind: 'in',
    release: release.version,
    sentence: `${sentenceName}: ${whereClause(holds, now)}.`,
    environments: holds.map(({ name, contains, since }) => ({
      name,
      contains,
      ...(since !== undefined && { since }),
    })),
    ...(url !== undefined && { url }),
  };
}

interface Brought {
  readonly release: ReleasedVersion;
  readonly commit: ReleasedCommit;
}

/** Oldest version first: the first that holds it is the one that brought it. */
function released(
  state: DeliveryState,
  wanted: WantedRef,
  name: string,
  now: Date,
): DeliveryWhere | undefined {
  const oldestFirst = [...state.versions.all].reverse();
  const brought = firstOf(oldestFirst, commit => isWanted(commit, wanted));
  if (brought === undefined) return undefined;
  const { release, commit } = brought;
  const reverts = revertsOf(oldestFirst, commit.sha);
  const inside = reverts.find(each => each.release === release);
  if (inside !== undefined) {
    const { sha } = inside.commit;
    return {
      kind: 'reverted',
      by: sha,
      sentence: `${name} was reverted by ${sha.slice(0, shownDigits)} before ${
        release.version
      }; it runs nowhere.`,
      ...urlOf(release),
    };
  }
  const lost = reverts.map(each => each.release.version);
  return found(state, release, `${name} is in ${release.version}`, {
    now,
    lost,
  });
}

function firstOf(
  releases: readonly ReleasedVersion[],
  is: (commit: ReleasedCommit) => boolean,
): Brought | undefined {
  for (const release of releases) {
    const commit = release.commits.find(is);
    if (commit !== undefined) return { release, commit };
  }
  return undefined;
}

/** What took a commit back, and was not taken back itself. */
function revertsOf(
  releases: readonly ReleasedVersion[],
  sha: string,
): Brought[] {
  const all = releases.flatMap(release =>
    release.commits
      .filter(({ reverts }) => reverts !== undefined)
      .map(commit => ({ release, commit })),
  );
  const taken = new Set(all.map(({ commit }) => commit.reverts));
  return all.filter(
    ({ commit }) => commit.reverts === sha && !taken.has(commit.sha),
  );
}

function isWanted(
  { sha, pr }: { readonly sha: string; readonly pr?: number },
  wanted: WantedRef,
): boolean {
  return wanted.kind === 'pull-request'
    ? pr === wanted.number
    : wanted.kind === 'commit' && sha.startsWith(wanted.prefix);
}

function waiting(
  state: DeliveryState,
  wanted: WantedRef,
  name: string,
): DeliveryWhere | undefined {
  const { repository } = state.facts;
  const lines: readonly DeliveryLine[] =
    repository.kind === 'repository' ? repository.lines : [];
  for (const { branch, commits, next } of lines) {
    const commit = commits.find(({ sha, pr }) =>
      isWanted({ sha, pr: pr?.number }, wanted),
    );
    if (commit === undefined) continue;
    const url = commit.pr?.url ?? commit.url;
    return {
      kind: 'unreleased',
      branch,
      ...(next && { next: next.version }),
      sentence: `${name} is on ${branch}, not released.${
        next === undefined ? '' : ` Next: ${next.version}.`
      }`,
      ...(url !== undefined && { url }),
    };
  }
  return undefined;
}

function notFound(
  { versions }: DeliveryState,
  name: string,
  { kind }: WantedRef,
): DeliveryWhere {
  const since = versions.all.at(-1)?.version;
  const what = kind === 'version' ? 'version' : 'commit or pull request';
  return {
    kind: 'not-found',
    ...(since !== undefined && { since }),
    sentence: `${name}: no such ${what} in what is known${
      since === undefined ? '' : ` (since ${since})`
    }.`,
  };
}

function urlOf({ urls }: ReleasedVersion) {
  const url = urls.release ?? urls.tag;
  return url === undefined ? {} : { url };
}
