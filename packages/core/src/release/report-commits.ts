import type { CommitReport } from 'backstage-plugin-dojo-common';
import { isStable } from '../repository/version-tags';
import type { CommitMessage } from './commits/judge-commits';
import { highestLevel, judgeCommits } from './commits/judge-commits';
import { nextVersion } from './next-version';
import { releaseErrors } from './release-errors';

/** Options of {@link reportCommits}. */
export interface ReportCommitsOptions {
  /** A semantic version; default: none, and the report names no next one. */
  readonly currentVersion?: string;
  /** As in a release; default title. */
  readonly squash?: 'title' | 'body';
}

/**
 * Judges commit messages, newest first, without a repository: one verdict per message in the order given, the level of
 * all, and with a current version the one that `bump: auto` would make of it (null where nothing counts).
 */
export function reportCommits(
  commits: readonly CommitMessage[],
  options: ReportCommitsOptions = {},
): CommitReport {
  const judged = judgeCommits(commits, { squash: options.squash });
  const level = highestLevel(judged);
  const { currentVersion } = options;
  return {
    commits: judged.map(({ verdict }) => verdict),
    level,
    ...(currentVersion !== undefined && {
      nextVersion: nextFrom(currentVersion, level),
    }),
  };
}

/**
 * Reads `git log -z --format=%B`, or with hashes `%H%n%B`: NUL after each message, newest first.
 *
 * @throws DojoError RELEASE_COMMIT_LOG_WITHOUT_HASH
 */
export function parseCommitLog(
  log: string,
  options: { readonly hashes: boolean },
): CommitMessage[] {
  const messages = log.split('\0');
  // The last NUL ends a message, it begins none; `git log` writes it, a pipe may lose it, or add a line end.
  if (messages.at(-1)?.trim() === '') messages.pop();
  if (!options.hashes) return messages.map(message => ({ message }));
  return messages.map(message => {
    const end = message.indexOf('\n');
    const sha = (end < 0 ? message : message.slice(0, end)).trim();
    if (!/^[0-9a-f]{7,64}$/i.test(sha))
      throw releaseErrors.commitLogWithoutHash(sha);
    return { sha, message: end < 0 ? '' : message.slice(end + 1) };
  });
}

function nextFrom(current: string, level: CommitReport['level']) {
  const line = {
    newest: current,
    ...(isStable(current) && { newestStable: current }),
    level,
    levelSinceStable: level,
  };
  return nextVersion(line, { bump: 'auto', preid: 'rc' }) ?? null;
}
