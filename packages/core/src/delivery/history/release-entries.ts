import type { HistoryEntry } from 'backstage-plugin-dojo-common';
import type { ReleasedCommit, ReleasedVersion } from '../facts';
import { commitsThatCount } from '../state/commits-that-count';
import { asClause, counted, personName } from '../words/clauses';
import { movedSentence } from '../words/sentences';

/** A release, and its rejection where there was one. */
export function releaseEntries(release: ReleasedVersion): HistoryEntry[] {
  const {
    version,
    tag,
    sha,
    at,
    by,
    image,
    counting,
    breaking,
    previous,
    urls,
    rejected,
    moved,
    run,
  } = release;
  const url = urls.release ?? urls.tag;
  const who = personName(by);
  return [
    {
      kind: 'release',
      id: `release:${tag}`,
      at,
      ...(by && { by }),
      ...(run !== undefined && { run }),
      sentence: `${version} released${
        who === undefined ? '' : ` by ${who}`
      }: ${whatItBrought(release)}.${
        moved === undefined ? '' : ` ${movedSentence(tag, moved)}`
      }`,
      version,
      tag,
      sha,
      ...(image.kind === 'digest' && { digest: image.digest }),
      counting,
      breaking,
      ...(previous !== undefined && { previous }),
      ...(url !== undefined && { url }),
    },
    ...(rejected === undefined
      ? []
      : [
          {
            kind: 'rejection' as const,
            id: `rejection:${tag}`,
            at: rejected.at ?? at,
            ...(rejected.by && { by: rejected.by }),
            sentence: `${version} rejected${
              rejected.by === undefined ? '' : ` by ${personName(rejected.by)}`
            }: ${asClause(rejected.reason)}.`,
            version,
            reason: rejected.reason,
          },
        ]),
  ];
}

const kinds = [
  {
    one: 'breaking',
    many: 'breaking',
    is: (c: ReleasedCommit) => !!c.breaking,
  },
  { one: 'feature', many: 'features', is: isType('feat') },
  { one: 'fix', many: 'fixes', is: isType('fix') },
  { one: 'performance', many: 'performance', is: isType('perf') },
] as const;

function isType(type: string) {
  return (commit: ReleasedCommit) => !commit.breaking && commit.type === type;
}

/** `1 breaking, 2 features, 1 fix` */
export function whatItBrought({
  commits,
  counting,
}: Pick<ReleasedVersion, 'commits' | 'counting'>): string {
  const left = commitsThatCount(commits);
  const parts = kinds.flatMap(({ one, many, is }) => {
    const { length } = left.filter(is);
    return length === 0 ? [] : [counted(length, one, many)];
  });
  return parts.length > 0 ? parts.join(', ') : counted(counting, 'change');
}
