import { shortOid } from 'backstage-plugin-dojo-common';
import type { CommitReport } from 'backstage-plugin-dojo-common';

/** The verdicts as a person reads them: level, subject and reason, a line each. */
export function printCommits({
  commits,
  level,
  nextVersion,
}: CommitReport): string {
  const lines = commits.map(
    ({ sha, level: own, subject, reason }) =>
      `${sha ? `${shortOid(sha)}  ` : ''}${own.padEnd(5)}  ${
        subject || '(empty)'
      }  [${reason}]`,
  );
  const next =
    nextVersion === undefined
      ? []
      : [`next version: ${nextVersion ?? 'nothing to release'}`];
  return `${[...lines, `level: ${level}`, ...next].join('\n')}\n`;
}
