import { shortOid } from 'backstage-plugin-dojo-common';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { fileDiffLines } from './file-diff-lines';
import { reportOutcome } from './report-outcome';
import { reportSections } from './report-sections';

/** A run or a dry run as a person reads it at a terminal. */
export function reportRelease(result: ReleaseResult): string {
  const { shows } = result.plan;
  return reportSections([
    [headline(result), shows.reason],
    shows.warnings.map(warning => `warning: ${warning}`),
    commitLines(result),
    result.plan.kind === 'release' && result.notes
      ? ['Notes', '', ...indent(result.notes.trimEnd().split('\n'))]
      : [],
    result.outcome === 'planned' ? shows.diffs.flatMap(fileDiffLines) : [],
    result.outcome === 'planned' ? plannedLines(result) : [],
    result.effects.map(reportOutcome),
    result.outcome === 'planned' ? [`plan ${result.planHash}`] : [],
  ]);
}

function headline(result: ReleaseResult): string {
  const { outcome, version, previousVersion, tag, commit } = result;
  const from = previousVersion ? `${previousVersion} → ` : '';
  const at = commit ? ` (${tag} at ${shortOid(commit)})` : '';
  switch (outcome) {
    case 'released':
      return `Released ${from}${version}${at}`;
    case 'already-released':
      return `Already released: ${version}${at}`;
    case 'nothing-to-release':
      return `Nothing to release${version ? ` since ${version}${at}` : ''}`;
    case 'planned':
      return `Planned, nothing written: ${from}${version ?? 'no new version'}`;
    default:
      return isBegun(result)
        ? `Not finished: ${from}${version ?? ''}; run it again to finish`
        : `Not released: ${from}${version ?? ''}`;
  }
}

function isBegun({ effects }: ReleaseResult): boolean {
  return effects.some(({ kind }) => kind === 'done' || kind === 'already-done');
}

function commitLines({ plan }: ReleaseResult): string[] {
  const { commits, omittedCommits = 0, cappedAt } = plan.shows;
  if (plan.kind !== 'release' || commits.length === 0) return [];
  const title = cappedAt
    ? `Commits (the newest ${cappedAt})`
    : `Commits (${commits.length + omittedCommits})`;
  return [
    title,
    '',
    ...commits.map(
      ({ sha, level, subject, reason }) =>
        `  ${shortOid(sha ?? '')}  ${level.padEnd(5)}  ${subject}  [${reason}]`,
    ),
    ...(omittedCommits > 0 ? [`  … ${omittedCommits} more commits`] : []),
  ];
}

function plannedLines({ plan }: ReleaseResult): string[] {
  const { effects } = plan.shows;
  return effects.map(
    ({ text, already }) =>
      `${already ? 'already there' : 'will happen'}: ${text}`,
  );
}

function indent(lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? '' : `  ${line}`));
}
