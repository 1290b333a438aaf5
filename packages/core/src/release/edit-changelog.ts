import type { FileEdit } from 'backstage-plugin-dojo-common';
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
const versionHeading =
  /^(?:#{1,4}[ \t]+)?\[?[vV]?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)(?![0-9A-Za-z.+-])/;
const unreleasedHeading = /^##[ \t]+\[?unreleased\b/i;
const linkDefinition = /^\[[^\]]+\]:[ \t]/;

/**
 * Splices a section above that of the last version, in the line ends of the file; everything else stays byte for byte.
 * An absent changelog is created. A section that is there for the version already, written by hand, is left alone.
 *
 * @throws DojoError RELEASE_CHANGELOG_UNREADABLE
 */
export function editChangelog(
  path: string,
  file: ObservedFile | undefined,
  section: ChangelogSection,
): ChangelogEdit {
  const text = `## ${section.version} (${section.date})\n\n${section.notes}\n`;
  if (file === undefined || file.kind === 'absent') {
    const splices = [{ start: 0, end: 0, text: `${newHeader}${text}` }];
    return { edit: { path, mode: '100644', splices }, warnings: [] };
  }
  if (file.kind === 'unreadable')
    throw releaseErrors.changelogUnreadable(path, file.what);
  if (file.text.includes('\0'))
    throw releaseErrors.changelogUnreadable(path, 'it is binary');

  const lines = readLines(file.text);
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

interface Line {
  readonly start: number;
  readonly text: string;
  /** Of the version whose section begins here. */
  readonly version?: string;
  readonly kind: 'heading' | 'title' | 'link' | 'blank' | 'text';
}

function readLines(text: string): Line[] {
  const lines: Omit<Line, 'kind'>[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    lines.push({ start, text: text.slice(start, next).trimEnd() });
    start = next;
  }
  const fenced = fencedLines(lines);
  const kinds = lines.map((line, i) =>
    fenced.has(i) ? 'text' : kindOf(line.text),
  );
  return lines.map((line, i) => {
    const isUnderlined = /^(?:-{3,}|={3,})$/.test(lines[i + 1]?.text ?? '');
    const isHeading =
      kinds[i] === 'heading' ||
      kinds[i] === 'title' ||
      (kinds[i] === 'text' && isUnderlined && !fenced.has(i));
    const version = isHeading ? versionHeading.exec(line.text)?.[1] : undefined;
    return {
      ...line,
      kind: kinds[i],
      ...(version !== undefined && { version }),
    };
  });
}

/** Lines of code blocks that are closed; a fence that is left open hides nothing. */
function fencedLines(lines: readonly { readonly text: string }[]): Set<number> {
  const fences = lines.flatMap(({ text }, i) =>
    /^ {0,3}(?:```|~~~)/.test(text) ? [i] : [],
  );
  const fenced = new Set<number>();
  for (let pair = 0; pair + 1 < fences.length; pair += 2) {
    for (let i = fences[pair]; i <= fences[pair + 1]; i += 1) fenced.add(i);
  }
  return fenced;
}

function kindOf(line: string): Line['kind'] {
  if (line === '') return 'blank';
  if (/^#[ \t]/.test(line)) return 'title';
  if (/^#{2,6}[ \t]/.test(line)) return 'heading';
  return linkDefinition.test(line) ? 'link' : 'text';
}

/**
 * Above the first version's section; else above the first heading below the title that is not "Unreleased"; else at
 * the end, before the link definitions that close the file. Without a title at the very top.
 */
function insertionPoint(lines: readonly Line[], length: number): number {
  const version = lines.find(line => line.version !== undefined);
  if (version) return version.start;
  const first = lines.find(line => line.kind !== 'blank');
  if (first && first.kind === 'text') return lines[0].start;
  const heading = lines.find(
    line =>
      line.kind === 'heading' &&
      !unreleasedHeading.test(line.text) &&
      line.text.startsWith('## '),
  );
  if (heading) return heading.start;
  let last = lines.length;
  while (last > 0 && ['link', 'blank'].includes(lines[last - 1].kind))
    last -= 1;
  const link = lines.slice(last).find(line => line.kind === 'link');
  return link?.start ?? length;
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

function unreleasedWarning(path: string, lines: readonly Line[]): string[] {
  const at = lines.findIndex(line => unreleasedHeading.test(line.text));
  if (at < 0) return [];
  const next = lines.findIndex(
    (line, i) =>
      i > at && (line.version !== undefined || line.text.startsWith('## ')),
  );
  const body = lines.slice(at + 1, next < 0 ? undefined : next);
  const hasEntries = body.some(({ kind }) => kind === 'text');
  return hasEntries
    ? [`${path} has entries under Unreleased; they stay there.`]
    : [];
}
