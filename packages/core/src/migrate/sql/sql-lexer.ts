/** A piece of SQL that means something, or a comment. White space is between tokens and is none. */
export interface SqlToken {
  /** `quoted`: an identifier in double quotes; `string`: of any quoting, prefix included (`E'…'`, `$$…$$`). */
  readonly kind:
    | 'word'
    | 'quoted'
    | 'string'
    | 'number'
    | 'operator'
    | 'symbol'
    | 'parameter'
    | 'comment';
  /** As written. */
  readonly text: string;
  readonly offset: number;
  /** Of its first character, from 1. */
  readonly line: number;
}

/** Where the text stops being SQL. */
export interface SqlProblem {
  readonly kind: 'unterminated' | 'nul';
  readonly line: number;
  /** What was opened and never closed, with how it is closed. */
  readonly what: string;
}

/** All tokens, or those before the problem. */
export interface LexedSql {
  readonly tokens: readonly SqlToken[];
  readonly problem?: SqlProblem;
}

/** What DuckDB takes for white space: ASCII's, and the spaces of Unicode, byte order marks in the middle included. */
const space =
  ' \\t\\n\\v\\f\\r\\u00A0\\u2000-\\u200D\\u202F\\u205F-\\u2060\\u3000\\uFEFF';
/** ASCII's letters, and everything above ASCII that is no space. */
const letter =
  'A-Za-z_\\u0080-\\u009F\\u00A1-\\u1FFF\\u200E-\\u202E\\u2030-\\u205E\\u2061-\\u2FFF\\u3001-\\uFEFE\\uFF00-\\uFFFF';
const tag = `[${letter}][${letter}0-9]*`;
// Without a limit, the engine runs out of its stack on a number of ten million digits.
const digits = '\\d(?:_?\\d){0,99999}';

/** Tried in this order at every place; `opener` begins what goes on until it is closed. */
const pieces = {
  blank: `[${space}]+`,
  opener: `[eE]'|['"]|/\\*|\\$(?:${tag})?\\$`,
  comment: `--[^\\r\\n]*`,
  word: `[${letter}][${letter}0-9$]*`,
  number: `(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?`,
  operator: '::|:=|[~!@#^&|`+\\-*/%<>=]',
  parameter: `\\?\\d*|\\$(?:\\d+|${tag})`,
  symbol: '[^]',
};
const kinds = Object.keys(pieces) as (keyof typeof pieces)[];
// One expression is several times as fast as eight, and files with a million tokens exist.
const piece = new RegExp(kinds.map(kind => `(${pieces[kind]})`).join('|'), 'y');
const operatorCharacters = new Set('~!@#^&|`+-*/%<>=');
const commentEdge = /\/\*|\*\//g;
const lineEnds = /\r\n|\n|\r/g;
const lineEnd = /[\r\n]/g;

/**
 * Reads SQL as DuckDB's own lexer does: nested block comments, dollar quotes, E-strings, doubled quotes. Never throws;
 * what it cannot read on is the `problem`.
 */
export function lexSql(sql: string): LexedSql {
  const nul = sql.indexOf('\0');
  if (nul < 0) return lexText(sql);
  const before = sql.slice(0, nul);
  return {
    tokens: lexText(before).tokens,
    problem: {
      kind: 'nul',
      line: 1 + countLines(before),
      what: 'a NUL byte',
    },
  };
}

function lexText(sql: string): LexedSql {
  const tokens: SqlToken[] = [];
  let offset = 0;
  let line = 1;
  /** Up to here each character is an operator of its own. */
  let signsEnd = 0;
  while (offset < sql.length) {
    let read: Read;
    if (offset < signsEnd) read = { kind: 'operator', end: offset + 1 };
    else {
      piece.lastIndex = offset;
      const found = piece.exec(sql);
      const group = found ? found.findIndex((text, at) => at > 0 && text) : 0;
      const kind = kinds[group - 1];
      const first = found?.[0] ?? '';
      if (kind === 'operator' && first.length === 1) {
        const run = operatorRun(sql, offset);
        read = { kind, end: offset + operatorLength(run) };
        // What was cut off of it are signs.
        signsEnd = offset + run.length;
      } else read = readPiece(kind, first, sql, offset);
    }
    if ('what' in read) return { tokens, problem: { ...read, line } };
    const text = sql.slice(offset, read.end);
    if (read.kind !== 'blank') {
      tokens.push({ kind: read.kind, text, offset, line });
    }
    line += countLines(text);
    offset = read.end;
  }
  return { tokens };
}

type Read =
  | { readonly kind: SqlToken['kind'] | 'blank'; readonly end: number }
  | Omit<SqlProblem, 'line'>;

function readPiece(
  kind: keyof typeof pieces | undefined,
  first: string,
  sql: string,
  start: number,
): Read {
  if (kind !== 'opener') {
    return { kind: kind ?? 'symbol', end: start + first.length };
  }
  switch (first) {
    case '/*':
      return blockComment(sql, start);
    case "'":
      return quoted('string', first, sql, start);
    case '"':
      return quoted('quoted', first, sql, start);
    default:
      return first.endsWith("'")
        ? escapeString(sql, start)
        : dollarString(first, sql, start);
  }
}

function countLines(text: string): number {
  return text.match(lineEnds)?.length ?? 0;
}

function blockComment(sql: string, start: number): Read {
  let depth = 0;
  commentEdge.lastIndex = start;
  for (let edge = commentEdge.exec(sql); edge; edge = commentEdge.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'comment', end: commentEdge.lastIndex };
  }
  return { kind: 'unterminated', what: 'comment /* without its */' };
}

/** A doubled quote inside is one of its characters. */
function quoted(
  kind: 'string' | 'quoted',
  quote: string,
  sql: string,
  start: number,
): Read {
  for (
    let at = sql.indexOf(quote, start + 1);
    at >= 0;
    at = sql.indexOf(quote, at + 2)
  ) {
    if (sql[at + 1] !== quote) return { kind, end: at + 1 };
  }
  return {
    kind: 'unterminated',
    what:
      kind === 'string'
        ? "string ' without its closing '"
        : 'identifier " without its closing "',
  };
}

/** A backslash takes the next character with it; a string that is continued on the next line is still an E-string. */
function escapeString(sql: string, start: number): Read {
  for (let at = start + 2; at < sql.length; at += 1) {
    if (sql[at] === '\\') at += 1;
    else if (sql[at] === "'") {
      const next = joinedAt(sql, at + 1);
      if (next !== undefined) at = next;
      else if (sql[at + 1] === "'") at += 1;
      else return { kind: 'string', end: at + 1 };
    }
  }
  return { kind: 'unterminated', what: "string E' without its closing '" };
}

/**
 * Where the next piece of an E-string opens after one that was closed: blanks and comments may stand between them, and a
 * line end must. Undefined: it is not continued.
 */
function joinedAt(sql: string, start: number): number | undefined {
  let isOnNewLine = false;
  for (let at = start; at < sql.length; at += 1) {
    const character = sql[at];
    if (character === '\n' || character === '\r') isOnNewLine = true;
    else if (character === '-' && sql[at + 1] === '-') {
      // To its last character; its line end is looked at next.
      at = lineEndFrom(sql, at) - 1;
    } else if (character === "'" && isOnNewLine) return at;
    else if (character !== ' ' && character !== '\t' && character !== '\f') {
      return undefined;
    }
  }
  return undefined;
}

/** The next line end, or the end. */
function lineEndFrom(sql: string, start: number): number {
  lineEnd.lastIndex = start;
  return lineEnd.exec(sql)?.index ?? sql.length;
}

function dollarString(open: string, sql: string, start: number): Read {
  const end = sql.indexOf(open, start + open.length);
  return end < 0
    ? {
        kind: 'unterminated',
        what: `string ${open} without its closing ${open}`,
      }
    : { kind: 'string', end: end + open.length };
}

/** The characters of operators from here on, up to where a comment begins. */
function operatorRun(sql: string, start: number): string {
  let end = start + 1;
  while (isOperator(sql[end]) && !isComment(sql, end)) end += 1;
  return sql.slice(start, end);
}

function isOperator(character: string | undefined): boolean {
  return character !== undefined && operatorCharacters.has(character);
}

function isComment(sql: string, at: number): boolean {
  const next = sql[at + 1];
  return (sql[at] === '-' && next === '-') || (sql[at] === '/' && next === '*');
}

/**
 * How much of a run of operator characters is one operator, by the rule of PostgreSQL that DuckDB inherited: it does not
 * end in `+` or `-` unless it holds a character that no SQL operator has (`a<-1`).
 */
function operatorLength(run: string): number {
  if (/[~!@#^&|`%]/.test(run)) return run.length;
  let length = run.length;
  while (length > 1 && (run[length - 1] === '+' || run[length - 1] === '-')) {
    length -= 1;
  }
  return length;
}
