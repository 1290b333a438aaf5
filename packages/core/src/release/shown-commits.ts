import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import type { JudgedCommit } from './commits/judge-commits';
import { capped } from '../text/markdown-text';

/** Longest text of a commit that a plan carries: a page shows it, and a message may have megabytes. */
export const maxShownText = 2_000;

/** Characters of all the commits that a plan shows: it is kept, sent, and drawn as a page. */
export const maxShownCommits = 4 * 1024 * 1024;

/** The newest commits, as many as there is room for. */
export function shownCommits(judged: readonly JudgedCommit[]): CommitVerdict[] {
  const shown: CommitVerdict[] = [];
  let room = maxShownCommits;
  for (const { verdict } of judged) {
    const commit = shownVerdict(verdict);
    room -= JSON.stringify(commit).length;
    if (room < 0) break;
    shown.push(commit);
  }
  return shown;
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
