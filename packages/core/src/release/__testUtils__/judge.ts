import { judgeCommits } from '../commits/judge-commits';
import type { CommitMessage } from '../commits/judge-commits';

/** A whole hash of one digit. */
export const sha = (digit: string) => digit.repeat(40);

/** `level: reason` of each, for messages newest first; a leading `<sha>|` gives a hash. */
export function judge(
  messages: readonly (string | CommitMessage)[],
  squash: 'title' | 'body' = 'title',
) {
  const commits = messages.map(entry => {
    if (typeof entry !== 'string') return entry;
    const [, hash, message] =
      /^(?:([0-9a-f]{7,40})\|)?([^]*)$/.exec(entry) ?? [];
    return { message, ...(hash && { sha: hash }) };
  });
  return judgeCommits(commits, { squash }).map(
    ({ verdict }) => `${verdict.level}: ${verdict.reason}`,
  );
}
