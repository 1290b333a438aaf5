import type { CommitFooter } from 'backstage-plugin-dojo-common';

/** A message that follows Conventional Commits 1.0.0; docs/reference/commits.md says where this is lenient. */
export interface ConventionalCommit {
  /** In lower case: types are not case-sensitive (rule 15). */
  readonly type: string;
  readonly scope?: string;
  readonly description: string;
  readonly body?: string;
  readonly footers: readonly CommitFooter[];
  /** How it says that it breaks; `footer` wins where it says so twice. Absent: it does not. */
  readonly breaking?: 'mark' | 'footer';
}

/** A message's first line that is not blank, and the text under it. Line ends are LF. */
export interface MessageParts {
  readonly subject: string;
  readonly rest: string;
}

// Bounded, so that no message makes the expression remember millions of positions.
const typePattern = /^[\p{L}\p{N}][^\s():!\p{Cc}]{0,99}/u;
const footerPattern =
  /(?:BREAKING CHANGE|\p{L}[\p{L}\p{M}\p{N}_-]{0,99})(?:: | #)/uy;
const breakingTokens: readonly string[] = [
  'BREAKING CHANGE',
  'BREAKING-CHANGE',
];

/** Splits a message as git does: leading blank lines are skipped, trailing white space of the subject is dropped. */
export function splitMessage(message: string): MessageParts {
  const text = message.replaceAll('\r\n', '\n');
  const start = skipBlankLines(text, 0);
  const end = lineEnd(text, start);
  return {
    subject: text.slice(start, end).trimEnd(),
    rest: text.slice(end + 1),
  };
}

/**
 * Parses a commit message by the grammar of Conventional Commits 1.0.0, in time linear in its length.
 *
 * @returns undefined where the message is not conventional.
 */
export function parseCommit(message: string): ConventionalCommit | undefined {
  const { subject, rest } = splitMessage(message);
  const header = parseHeader(subject);
  if (header === undefined) return undefined;

  const { type, scope, description } = header;
  const { body, footers, breaking } = parseRest(rest);
  const mark = header.mark ? 'mark' : undefined;
  const how = breaking ? 'footer' : mark;
  return {
    type,
    ...(scope !== undefined && { scope }),
    description,
    ...(body !== '' && { body }),
    footers,
    ...(how !== undefined && { breaking: how }),
  };
}

interface Header {
  readonly type: string;
  readonly scope?: string;
  readonly mark: boolean;
  readonly description: string;
}

function parseHeader(subject: string): Header | undefined {
  const type = typePattern.exec(subject)?.[0];
  if (type === undefined) return undefined;
  let at = type.length;

  let scope: string | undefined;
  if (subject[at] === '(') {
    const close = subject.indexOf(')', at);
    if (close < 0) return undefined;
    const text = subject.slice(at + 1, close).trim();
    if (text.includes('(')) return undefined;
    if (text !== '') scope = text;
    at = close + 1;
  }

  const mark = subject[at] === '!';
  if (mark) at += 1;
  if (!subject.startsWith(': ', at)) return undefined;
  const description = subject.slice(at + 2).trim();
  if (description === '') return undefined;
  return {
    type: type.toLowerCase(),
    ...(scope !== undefined && { scope }),
    mark,
    description,
  };
}

interface Rest {
  readonly body: string;
  readonly footers: CommitFooter[];
  readonly breaking: boolean;
}

/** A footer's token as it stands in the text: where its line starts, and where its value does. */
interface FooterStart {
  readonly token: string;
  readonly start: number;
  readonly value: number;
  readonly breaking: boolean;
}

/**
 * The footers begin at the first paragraph that begins with one, and reach to the end: a value may hold blank lines,
 * and ends where the next token stands at the beginning of a line (rules 8 and 10).
 */
function parseRest(rest: string): Rest {
  const starts: FooterStart[] = [];
  let afterBlank = false;
  for (let at = 0; at < rest.length; ) {
    const end = lineEnd(rest, at);
    const blank = isBlank(rest, at, end);
    if (!blank && (afterBlank || starts.length > 0)) {
      const footer = footerAt(rest, at);
      if (footer) starts.push(footer);
    }
    afterBlank = blank;
    at = end + 1;
  }

  const footers = starts.map((footer, i) => ({
    token: footer.token,
    value: rest.slice(footer.value, starts[i + 1]?.start).trim(),
  }));
  const body = rest.slice(0, starts[0]?.start);
  return {
    body: body.slice(skipBlankLines(body, 0)).trimEnd(),
    footers,
    breaking: starts.some(footer => footer.breaking),
  };
}

function footerAt(text: string, at: number): FooterStart | undefined {
  footerPattern.lastIndex = at;
  const match = footerPattern.exec(text)?.[0];
  if (match !== undefined) {
    const token = match.slice(0, -2);
    const value = at + match.length;
    // An empty value is none; git drops a space at the end of a line, so that only a bare `Token:` is left of it.
    if (isBlank(text, value, lineEnd(text, value))) {
      return bareBreakingAt(text, at);
    }
    const breaking = match.endsWith(': ') && breakingTokens.includes(token);
    return { token, start: at, value, breaking };
  }
  return bareBreakingAt(text, at);
}

/** `BREAKING CHANGE:` alone on its line, with the text below: what git's clean-up leaves of a value that begins there. */
function bareBreakingAt(text: string, at: number): FooterStart | undefined {
  const token = breakingTokens.find(name => text.startsWith(`${name}:`, at));
  if (token === undefined) return undefined;
  const end = lineEnd(text, at);
  if (!isBlank(text, at + token.length + 1, end)) return undefined;
  const value = skipBlankLines(text, end + 1);
  if (value >= text.length || isFooterAt(text, value)) return undefined;
  return { token, start: at, value, breaking: true };
}

function isFooterAt(text: string, at: number): boolean {
  footerPattern.lastIndex = at;
  return footerPattern.test(text);
}

/** Index of the first line from `at` on that is not blank, or the length. */
function skipBlankLines(text: string, at: number): number {
  let start = at;
  while (start < text.length) {
    const end = lineEnd(text, start);
    if (!isBlank(text, start, end)) return start;
    start = end + 1;
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function isBlank(text: string, start: number, end: number): boolean {
  return start >= end || text.slice(start, end).trim() === '';
}
