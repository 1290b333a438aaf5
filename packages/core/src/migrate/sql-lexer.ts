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
const letter = `[A-Za-z_]|(?![${space}])[\\u0080-\\uFFFF]`;
const tagPart = `(?:${letter})(?:${letter}|[0-9])*`;

const whiteSpace = new RegExp(`[${space}]+`, 'y');
const lineComment = /--[^\r\n]*/y;
const word = new RegExp(`(?:${letter})(?:${letter}|[0-9$])*`, 'y');
const digits = '\\d(?:_?\\d)*';
const number = new RegExp(
  `(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?`,
  'y',
);
const dollarTag = new RegExp(`\\$(?:${tagPart})?\\$`, 'y');
const dollarName = new RegExp(`\\$(?:\\d+|${tagPart})`, 'y');
const questionMark = /\?\d*/y;
const operators = /[~!@#^&|`+\-*/%<>=]+/y;
const assignment = /::|:=/y;
const escapePrefix = /[eE]'/y;
/** The closing quote of a piece of an E-string, and the opening one of the next: only a line end may join them. */
const joined = new RegExp(
  `'(?:[ \\t\\f]|--[^\\r\\n]*)*[\\r\\n](?:[ \\t\\f\\r\\n]|--[^\\r\\n]*[\\r\\n])*'`,
  'y',
);
const nulByte = { kind: 'nul', what: 'a NUL byte' } as const;
const lineEnds = /\r\n|\n|\r/g;

/**
 * Reads SQL as DuckDB's own lexer does: nested block comments, dollar quotes, E-strings, doubled quotes. Never throws;
 * what it cannot read on is the `problem`.
 */
export function lexSql(sql: string): LexedSql {
  const tokens: SqlToken[] = [];
  let offset = 0;
  let line = 1;
  const advanceTo = (end: number) => {
    line += sql.slice(offset, end).match(lineEnds)?.length ?? 0;
    offset = end;
  };
  while (offset < sql.length) {
    const blank = match(whiteSpace, sql, offset);
    if (blank !== undefined) {
      advanceTo(offset + blank.length);
      continue;
    }
    const found = readToken(sql, offset);
    if ('what' in found) {
      return { tokens, problem: { ...found, line } };
    }
    const text = sql.slice(offset, found.end);
    const nul = text.indexOf('\0');
    if (nul >= 0) {
      advanceTo(offset + nul);
      return { tokens, problem: { ...nulByte, line } };
    }
    tokens.push({ kind: found.kind, text, offset, line });
    advanceTo(found.end);
  }
  return { tokens };
}

type Read =
  | { readonly kind: SqlToken['kind']; readonly end: number }
  | Omit<SqlProblem, 'line'>;

function readToken(sql: string, start: number): Read {
  const here = sql[start] as string;
  const two = sql.slice(start, start + 2);
  if (here === '\0') return nulByte;
  if (two === '/*') return blockComment(sql, start);
  if (here === "'") return quoted('string', "'", sql, start);
  if (here === '"') return quoted('quoted', '"', sql, start);
  if (match(escapePrefix, sql, start)) return escapeString(sql, start);
  if (here === '$') return dollar(sql, start);
  const comment = whole('comment', lineComment, sql, start);
  if (comment) return comment;
  const run = match(operators, sql, start);
  if (run !== undefined) {
    return { kind: 'operator', end: start + operatorLength(run) };
  }
  return (
    whole('word', word, sql, start) ??
    whole('number', number, sql, start) ??
    whole('operator', assignment, sql, start) ??
    whole('parameter', questionMark, sql, start) ?? {
      kind: 'symbol',
      end: start + 1,
    }
  );
}

function match(
  pattern: RegExp,
  sql: string,
  offset: number,
): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(sql)?.[0];
}

function whole(
  kind: SqlToken['kind'],
  pattern: RegExp,
  sql: string,
  start: number,
): Read | undefined {
  const text = match(pattern, sql, start);
  return text === undefined ? undefined : { kind, end: start + text.length };
}

function blockComment(sql: string, start: number): Read {
  let depth = 1;
  for (let at = start + 2; at < sql.length; at += 1) {
    const two = sql.slice(at, at + 2);
    if (two === '/*') depth += 1;
    else if (two === '*/') depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return { kind: 'comment', end: at + 1 };
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
      const next = match(joined, sql, at);
      if (next !== undefined) at += next.length - 1;
      else if (sql[at + 1] === "'") at += 1;
      else return { kind: 'string', end: at + 1 };
    }
  }
  return { kind: 'unterminated', what: "string E' without its closing '" };
}

function dollar(sql: string, start: number): Read {
  const tag = match(dollarTag, sql, start);
  if (tag === undefined) {
    return (
      whole('parameter', dollarName, sql, start) ?? {
        kind: 'symbol',
        end: start + 1,
      }
    );
  }
  const end = sql.indexOf(tag, start + tag.length);
  return end < 0
    ? { kind: 'unterminated', what: `string ${tag} without its closing ${tag}` }
    : { kind: 'string', end: end + tag.length };
}

/**
 * How much of a run of operator characters is one operator, by the rule of PostgreSQL that DuckDB inherited: it ends
 * where a comment begins, and not in `+` or `-` unless it holds a character that no SQL operator has (`a<-1`).
 */
function operatorLength(run: string): number {
  let length = /--|\/\*/.exec(run)?.index ?? run.length;
  const foreign = /[~!@#^&|`%]/.test(run.slice(0, length));
  while (length > 1 && !foreign && /[+-]/.test(run[length - 1] as string)) {
    length -= 1;
  }
  return length;
}
