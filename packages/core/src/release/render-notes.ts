import { shortOid } from 'backstage-plugin-dojo-common';
import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import type { JudgedCommit, NoteSection } from './commits/judge-commits';
import { markdownText } from '../text/markdown-text';

/** Longest text of one entry, in characters before escaping. */
export const entryLimit = 400;

const headings: readonly (readonly [NoteSection, string])[] = [
  ['breaking', 'Breaking changes'],
  ['features', 'Features'],
  ['fixes', 'Fixes'],
  ['performance', 'Performance'],
  ['reverts', 'Reverts'],
  ['other', 'Other'],
];

const nothing = 'No user-facing changes.';

/**
 * The notes of a release in Markdown: one section per kind of change, one line per commit in the order given, what
 * breaks first. Commits that count for nothing are left out, unless they are unparseable. `webUrl` is the repository's
 * page, for links; without it hashes and references stay text.
 */
export function renderNotes(
  commits: readonly JudgedCommit[],
  webUrl?: string,
): string {
  const entries = commits.flatMap(commit =>
    commit.listed
      ? commit.listed.map(listed => ({ ...listed, sha: commit.verdict.sha }))
      : [{ ...commit, sha: commit.verdict.sha }],
  );
  const sections = headings.flatMap(([section, heading]) => {
    const lines = entries
      .filter(entry => entry.section === section)
      .map(entry => renderEntry(entry, webUrl));
    return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.join('\n')}`];
  });
  return sections.length === 0 ? nothing : sections.join('\n\n');
}

function renderEntry(
  commit: JudgedCommit & { readonly sha?: string },
  webUrl: string | undefined,
): string {
  const { scope } = commit.verdict;
  const lead =
    scope === undefined ? '' : `**${markdownText(`${scope}:`, 100)}** `;
  const text = linked(markdownText(textOf(commit), entryLimit), webUrl);
  return `- ${lead}${text}${shaLink(commit.sha, webUrl)}`;
}

function textOf({ verdict, reverts }: JudgedCommit): string {
  const text = reverts ?? verdict.description ?? verdict.subject;
  const [breaking] = breakingNotes(verdict);
  return breaking === undefined ? text : `${text}: ${breaking}`;
}

/** The first paragraph of what each BREAKING CHANGE footer says. */
function breakingNotes({ footers }: CommitVerdict): string[] {
  return footers
    .filter(({ token }) => /^BREAKING[ -]CHANGE$/.test(token))
    .map(({ value }) => value.split(/\n\s*\n/)[0]);
}

function linked(text: string, webUrl: string | undefined): string {
  if (webUrl === undefined) return text;
  return text.replace(
    /(?<![\w&/#])#(\d{1,9})(?!\w)/g,
    (reference, number) => `[${reference}](${webUrl}/issues/${number})`,
  );
}

function shaLink(sha: string | undefined, webUrl: string | undefined): string {
  if (sha === undefined) return '';
  const short = shortOid(sha);
  return webUrl === undefined
    ? ` (${short})`
    : ` ([${short}](${webUrl}/commit/${sha}))`;
}
