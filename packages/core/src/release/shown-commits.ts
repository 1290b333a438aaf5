import type {
  CommitVerdict,
  PlannedCommit,
} from 'backstage-plugin-dojo-common';
import type { ObservedCommit } from '../repository/repository-data';
import type { RepositoryLinks } from '../repository/repository-links';
import type { JudgedCommit } from './commits/judge-commits';
import { pullRequestOf } from './commits/parse-revert';
import { capped } from '../text/markdown-text';

/** Longest text of a commit that a plan carries: a page shows it, and a message may have megabytes. */
export const maxShownText = 2_000;

/** Characters of all the commits that a plan shows: it is kept, sent, and drawn as a page. */
export const maxShownCommits = 4 * 1024 * 1024;

/** What is known of the commits beside their verdicts. */
export interface ShownCommitFacts {
  /** As they were read; those that are judged are among them. */
  readonly commits: readonly ObservedCommit[];
  /** Pages of the repository; absent: it has none. */
  readonly links?: RepositoryLinks;
}

/** The newest commits, as many as there is room for, with who wrote them and where to read more. */
export function shownCommits(
  judged: readonly JudgedCommit[],
  facts: ShownCommitFacts = { commits: [] },
): PlannedCommit[] {
  const read = new Map(facts.commits.map(commit => [commit.oid, commit]));
  const shown: PlannedCommit[] = [];
  let room = maxShownCommits;
  for (const { verdict } of judged) {
    const { sha } = verdict;
    const commit = {
      ...shownVerdict(verdict),
      ...writtenBy(sha === undefined ? undefined : read.get(sha)),
      ...pagesOf(verdict, facts.links),
    };
    room -= JSON.stringify(commit).length;
    if (room < 0) break;
    shown.push(commit);
  }
  return shown;
}

function writtenBy(
  commit: ObservedCommit | undefined,
): Pick<PlannedCommit, 'author' | 'at'> {
  const { author, at } = commit ?? {};
  return {
    ...(author !== undefined && { author }),
    ...(at !== undefined && { at }),
  };
}

function pagesOf(
  { sha, subject }: CommitVerdict,
  links: RepositoryLinks | undefined,
): Pick<PlannedCommit, 'url' | 'pr'> {
  const number = pullRequestOf(subject);
  return {
    ...(sha !== undefined && links && { url: links.commit(sha) }),
    ...(number !== undefined && {
      pr: { number, ...(links && { url: links.request(number) }) },
    }),
  };
}

function shownVerdict(verdict: CommitVerdict): CommitVerdict {
  const { subject, description, body, footers } = verdict;
  const cut = (text: string) => capped(text, maxShownText);
  return {
    ...verdict,
    subject: cut(subject),
    ...(description !== undefined && { description: cut(description) }),
    ...(body !== undefined && { body: cut(body) }),
    footers: footers.slice(0, 50).map(({ token, value }) => ({
      token,
      value: cut(value),
    })),
  };
}
