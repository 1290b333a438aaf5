/** A line of a changelog in Markdown. */
export interface ChangelogLine {
  readonly start: number;
  readonly text: string;
  /** `hidden`: of front matter or a comment; `marker`: a comment that says where releases go; `anchor`: a link's target. */
  readonly kind:
    | 'heading'
    | 'title'
    | 'link'
    | 'blank'
    | 'text'
    | 'hidden'
    | 'marker'
    | 'anchor';
  /** Of a heading below the title: 2 to 6. */
  readonly level?: number;
  /** Of the version whose section begins here. */
  readonly version?: string;
}

const versionHeading =
  /^(?:#{1,4}[ \t]+)?\[?[vV]?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)(?![0-9A-Za-z.+-])/;
export const unreleasedHeading = /^(?:##[ \t]+)?\[?unreleased\b/i;
const linkDefinition = /^\[[^\]]+\]:[ \t]/;
const anchorLine =
  /^(?:<(?:a|span|div)[ \t]+(?:name|id)=[^<>]*>(?:<\/(?:a|span|div)>)?|<!--.*-next-line\b.*-->)$/;
/** What other tools put where the next section goes. */
const markerLine =
  /^<!--[ \t]*(?:insertion marker|version list|next-header|next-version|(?:towncrier )?release notes start)[ \t]*-->$/i;
const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const underline = /^(?:-{3,}|={3,})$/;

interface RawLine {
  readonly start: number;
  readonly text: string;
}

/** Reads the lines of a changelog, and which of them Markdown shows as what; in time linear in its length. */
export function readChangelogLines(text: string): ChangelogLine[] {
  const lines = splitLines(text);
  const states = statesOf(lines);
  const kinds = lines.map((line, i) => states[i] ?? kindOf(line.text));
  return lines.map((line, i): ChangelogLine => {
    const below = lines[i + 1]?.text ?? '';
    const isUnderlined =
      kinds[i] === 'text' &&
      states[i] === undefined &&
      states[i + 1] === undefined &&
      underline.test(below);
    const kind = isUnderlined ? underlinedKind(below) : kinds[i];
    const isHeading = kind === 'heading' || kind === 'title';
    const version = isHeading ? versionHeading.exec(line.text)?.[1] : undefined;
    return {
      ...line,
      kind,
      ...(kind === 'heading' && { level: levelOf(line.text) }),
      ...(version !== undefined && { version }),
    };
  });
}

function splitLines(text: string): RawLine[] {
  const lines: RawLine[] = [];
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const next = end < 0 ? text.length : end + 1;
    lines.push({ start, text: text.slice(start, next).trimEnd() });
    start = next;
  }
  return lines;
}

/** What lines are that are not read: front matter and comments are hidden, code is text. */
function statesOf(
  lines: readonly RawLine[],
): ('hidden' | 'text' | undefined)[] {
  const states: ('hidden' | 'text' | undefined)[] = lines.map(() => undefined);
  const closes = longestFencesBelow(lines);
  let comments = lines.filter(({ text }) => text.includes('-->')).length;
  let at = frontMatterEnd(lines);
  states.fill('hidden', 0, at);
  comments -= lines
    .slice(0, at)
    .filter(({ text }) => text.includes('-->')).length;
  let open: { readonly char: string; readonly length: number } | undefined;
  let isComment = false;
  for (; at < lines.length; at += 1) {
    const { text } = lines[at];
    const ends = text.includes('-->');
    if (ends) comments -= 1;
    if (isComment) {
      states[at] = 'hidden';
      isComment = !ends;
      continue;
    }
    const [, mark, info = ''] = fence.exec(text) ?? [];
    if (open !== undefined) {
      states[at] = 'text';
      const isClosing =
        mark?.[0] === open.char &&
        mark.length >= open.length &&
        info.trim() === '';
      if (isClosing) open = undefined;
    } else if (mark !== undefined) {
      // A fence that is left open hides nothing.
      const isClosed = closes[at][mark[0]] >= mark.length;
      states[at] = 'text';
      if (isClosed) open = { char: mark[0], length: mark.length };
    } else {
      const begin = text.lastIndexOf('<!--');
      const isOpen = begin >= 0 && text.indexOf('-->', begin) < 0;
      // Nor does a comment.
      isComment = isOpen && comments > 0;
      if (isComment && begin === 0) states[at] = 'hidden';
    }
  }
  return states;
}

/** For each line the longest closing fence below it, of each kind. */
function longestFencesBelow(
  lines: readonly RawLine[],
): Readonly<Record<string, number>>[] {
  const below: Record<string, number>[] = [];
  let longest: Record<string, number> = { '`': 0, '~': 0 };
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    below[at] = longest;
    const [, mark, info = ''] = fence.exec(lines[at].text) ?? [];
    if (mark !== undefined && info.trim() === '') {
      const length = Math.max(longest[mark[0]], mark.length);
      longest = { ...longest, [mark[0]]: length };
    }
  }
  return below;
}

/** Lines of the front matter at the top: YAML between `---`, or TOML between `+++`. */
function frontMatterEnd(lines: readonly RawLine[]): number {
  const mark = lines[0]?.text;
  if (mark !== '---' && mark !== '+++') return 0;
  const end = lines.findIndex(
    // A rule above the first section looks the same, but for what is between.
    ({ text }, i) => i > 0 && (text === mark || text.startsWith('##')),
  );
  return end > 0 && lines[end].text === mark ? end + 1 : 0;
}

function kindOf(line: string): ChangelogLine['kind'] {
  if (line === '') return 'blank';
  if (/^#[ \t]/.test(line)) return 'title';
  if (/^#{2,6}[ \t]/.test(line)) return 'heading';
  if (anchorLine.test(line)) return 'anchor';
  if (markerLine.test(line)) return 'marker';
  if (line.startsWith('<!--') && line.endsWith('-->')) return 'hidden';
  return linkDefinition.test(line) ? 'link' : 'text';
}

function underlinedKind(below: string): ChangelogLine['kind'] {
  return below.startsWith('=') ? 'title' : 'heading';
}

/** A heading underlined with dashes is of the second level. */
function levelOf(line: string): number {
  return /^#{2,6}/.exec(line)?.[0].length ?? 2;
}
