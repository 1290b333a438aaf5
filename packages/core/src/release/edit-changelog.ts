import type { FileEdit } from 'backstage-plugin-dojo-common';
import { readChangelogLines, unreleasedHeading } from './read-changelog-lines';
import type { ChangelogLine } from './read-changelog-lines';
import { releaseErrors } from './release-errors';
import type { ObservedFile } from '../repository/repository-data';

/** A release's section of the changelog. */
export interface ChangelogSection {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Markdown below the section's heading; LF. */
  readonly notes: string;
}

/** At most one edit, and what a reader should know of it. */
export interface ChangelogEdit {
  readonly edit?: FileEdit;
  readonly warnings: readonly string[];
}

const newHeader = '# Changelog\n\n';

/**
 * Splices a section above that of the last version, in the line ends of the file; everything else stays byte for byte.
 * Front matter stays first, and what comments and code hold is not looked at. An absent changelog is created. A section
 * that is there for the version already, written by hand, is left alone.
 *
 * @throws DojoError RELEASE_CHANGELOG_UNREADABLE, RELEASE_CHANGELOG_FORMAT, RELEASE_FILE_TOO_LARGE
 */
export function editChangelog(
  path: string,
  file: ObservedFile | undefined,
  section: ChangelogSection,
): ChangelogEdit {
  const format = formatOf(path);
  if (format !== undefined) throw releaseErrors.changelogFormat(path, format);
  const text = `## ${section.version} (${section.date})\n\n${section.notes}\n`;
  if (file === undefined || file.kind === 'absent') {
    const splices = [{ start: 0, end: 0, text: `${newHeader}${text}` }];
    return { edit: { path, mode: '100644', splices }, warnings: [] };
  }
  if (file.kind === 'unreadable')
    throw releaseErrors.changelogUnreadable(path, file.what);
  if (file.kind === 'too-large')
    throw releaseErrors.fileTooLarge(path, file.bytes, file.most);
  if (file.text.includes('\0'))
    throw releaseErrors.changelogUnreadable(path, 'it is binary');
  const written = formatIn(file.text);
  if (written !== undefined) throw releaseErrors.changelogFormat(path, written);

  const lines = readChangelogLines(file.text);
  if (lines.some(line => line.version === section.version)) {
    return {
      warnings: [
        `${path} has a section for ${section.version} already; it stays as it is.`,
      ],
    };
  }
  const at = insertionPoint(lines, file.text.length);
  const splices = [{ start: at, end: at, text: fitted(text, file.text, at) }];
  return {
    edit: { path, before: file.oid, mode: file.mode, splices },
    warnings: unreleasedWarning(path, lines),
  };
}

/** Endings of files that hold Markdown, or text in which it does no harm. */
const markdownEndings = ['md', 'markdown', 'mdown', 'mkd', 'mkdn', 'txt'];

/** @returns what the name says that the file is, where that is no Markdown. */
function formatOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return undefined;
  const ending = name.slice(dot + 1).toLowerCase();
  return markdownEndings.includes(ending) ? undefined : `a .${ending} file`;
}

/** The formats of files that have no ending, by how their lines begin. */
const formats: readonly (readonly [RegExp, string])[] = [
  [
    /^[a-z0-9][a-z0-9+.-]{0,99} \([^()\s]{1,99}\) [^;\n]{1,99}; ?urgency=/,
    'a Debian changelog',
  ],
  [/^\d{4}-\d{2}-\d{2} {2}\S/, 'a GNU ChangeLog'],
  [/^%changelog\b/m, 'an RPM changelog'],
  [/^\.\. (?:_[^\n:]{1,99}:|[\w-]{1,50}::)/m, 'reStructuredText'],
];

/** Characters in which a format shows itself. */
const formatProbe = 4_096;

function formatIn(text: string): string | undefined {
  const head = text.slice(0, formatProbe).trimStart();
  return formats.find(([pattern]) => pattern.test(head))?.[1];
}

/**
 * Above the first version's section, with the anchors that belong to it; else below a line that marks the place; else
 * above the first heading below the title that is not "Unreleased"; else at the end, before the link definitions that
 * close the file. Without a title at the very top, below the front matter.
 */
function insertionPoint(
  lines: readonly ChangelogLine[],
  length: number,
): number {
  const version = lines.findIndex(line => line.version !== undefined);
  if (version >= 0) return aboveAnchors(lines, version);
  const marker = lines.findIndex(line => line.kind === 'marker');
  if (marker >= 0) {
    const below = lines.find(({ kind }, i) => i > marker && kind !== 'blank');
    return below?.start ?? length;
  }
  const seen = lines.filter(
    ({ kind }) => kind !== 'blank' && kind !== 'hidden',
  );
  if (seen[0]?.kind === 'text') {
    const top = lines.find(({ kind }) => kind !== 'hidden');
    return lines[0].kind === 'hidden' ? seen[0].start : top!.start;
  }
  const heading = lines.findIndex(
    line =>
      line.kind === 'heading' &&
      !unreleasedHeading.test(line.text) &&
      line.level === 2,
  );
  if (heading >= 0) return aboveAnchors(lines, heading);
  let last = lines.length;
  while (last > 0 && ['link', 'blank'].includes(lines[last - 1].kind))
    last -= 1;
  const link = lines.slice(last).find(line => line.kind === 'link');
  return link?.start ?? length;
}

/** Start of a section: an anchor directly above its heading, or with blank lines between, leads to it. */
function aboveAnchors(lines: readonly ChangelogLine[], heading: number) {
  let at = heading;
  for (let above = heading - 1; above >= 0; above -= 1) {
    if (lines[above].kind === 'anchor') at = above;
    else if (lines[above].kind !== 'blank') break;
  }
  return lines[at].start;
}

/** The section with the file's line ends, one blank line above it and one below. */
function fitted(section: string, text: string, at: number): string {
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const above = text.slice(0, at).replace(/^\ufeff/, '');
  const below = text.slice(at);
  const lines = section.trimEnd().split('\n');
  const lead = leadFor(above);
  const end = below.trim() === '' ? 1 : 2;
  return [...lead, ...lines].join(newline) + newline.repeat(end);
}

/** What makes a blank line of the end of the text above. */
function leadFor(above: string): string[] {
  if (above === '' || /\n[ \t]*\r?\n$/.test(above)) return [];
  return above.endsWith('\n') ? [''] : ['', ''];
}

function unreleasedWarning(
  path: string,
  lines: readonly ChangelogLine[],
): string[] {
  const at = lines.findIndex(
    line => line.kind === 'heading' && unreleasedHeading.test(line.text),
  );
  if (at < 0) return [];
  const next = lines.findIndex(
    (line, i) =>
      i > at &&
      (line.version !== undefined ||
        (line.kind === 'heading' && line.level === 2)),
  );
  const body = lines.slice(at + 1, next < 0 ? undefined : next);
  const hasEntries = body.some(({ kind }) => kind === 'text');
  return hasEntries
    ? [`${path} has entries under Unreleased; they stay there.`]
    : [];
}
