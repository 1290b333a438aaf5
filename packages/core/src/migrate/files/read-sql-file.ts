import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { hash } from 'node:crypto';
import type { MigrationFile, SqlFile } from './migration';
import { findDownPart } from './find-down-part';
import { readDirectives } from './read-directives';
import { lexSql } from '../sql/sql-lexer';
import type { LexedSql, SqlProblem } from '../sql/sql-lexer';
import { splitStatements } from '../sql/split-statements';
import type { TokenisedStatement } from '../sql/split-statements';
import { tokenChecksum } from '../sql/token-checksum';

type SqlText = Omit<SqlFile, 'id' | 'path' | 'checksum'>;

class ReadSqlFile implements SqlFile {
  readonly id: string;
  readonly checksum: string;
  #text: SqlText | undefined;
  readonly #bytes: Uint8Array;

  constructor(readonly path: string, bytes: Uint8Array) {
    this.id = path.slice(0, -'.sql'.length);
    this.checksum = hash('sha256', bytes);
    this.#bytes = bytes;
  }

  get sql() {
    return this.#read().sql;
  }

  get statements() {
    return this.#read().statements;
  }

  get tokenChecksum() {
    return this.#read().tokenChecksum;
  }

  get split() {
    return this.#read().split;
  }

  get breaking() {
    return this.#read().breaking;
  }

  get irreversible() {
    return this.#read().irreversible;
  }

  get asserts() {
    return this.#read().asserts;
  }

  get findings() {
    return this.#read().findings;
  }

  #read(): SqlText {
    this.#text ??= readText(this.path, this.#bytes, this.checksum);
    return this.#text;
  }
}

/** Reads one file: its bytes at once, its text when somebody asks for it (a thousand unchanged ones are never read). */
export function readSqlFile(file: MigrationFile): SqlFile {
  return new ReadSqlFile(file.path, file.bytes);
}

function readText(path: string, bytes: Uint8Array, checksum: string): SqlText {
  const sql = decode(bytes);
  const lexed = lexSql(sql ?? '');
  const split = splitStatements(sql ?? '', lexed.tokens);
  const { directives, findings } = readDirectives(path, lexed.tokens);
  const all =
    sql === undefined
      ? [notUtf8(path, bytes)]
      : [
          ...findings,
          ...findDownPart(path, lexed.tokens),
          ...problemFindings(path, lexed, split.length),
          ...parameterFindings(path, split),
        ];
  return {
    sql: sql ?? '',
    statements: split.map(({ statement }) => statement),
    // What cannot be read whole is known by its bytes alone.
    tokenChecksum:
      sql === undefined || lexed.problem
        ? checksum
        : tokenChecksum(lexed.tokens),
    ...directives,
    findings: all.sort((left, right) => (left.line ?? 0) - (right.line ?? 0)),
  };
}

/** Without byte order mark; undefined: not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notUtf8(path: string, bytes: Uint8Array): MigrationFinding {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff);
  return {
    code: 'FILE_NOT_UTF8',
    severity: 'error',
    file: path,
    line: lineOfInvalidByte(bytes),
    message: `it is not UTF-8 text${utf16 ? ' but UTF-16' : ''}`,
    hint: 'Save it as UTF-8.',
  };
}

/** Every line feed of UTF-8 is a byte 10, and no other byte is: lines can be decoded on their own. */
function lineOfInvalidByte(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (decode(bytes.subarray(start, end)) === undefined) return line;
    start = end;
  }
  return 1;
}

function problemFindings(
  path: string,
  { problem }: LexedSql,
  statements: number,
): MigrationFinding[] {
  if (problem) return [problemFinding(path, problem)];
  if (statements > 0) return [];
  return [
    {
      code: 'FILE_EMPTY',
      severity: 'error',
      file: path,
      message: 'it holds no statement',
      hint: 'Write the SQL, or remove the file.',
    },
  ];
}

function problemFinding(
  path: string,
  { kind, line, what }: SqlProblem,
): MigrationFinding {
  return kind === 'nul'
    ? {
        code: 'FILE_NUL_BYTE',
        severity: 'error',
        file: path,
        line,
        message: 'it holds a NUL byte, at which DuckDB would stop to read',
        hint: 'Save it as UTF-8 text without NUL bytes.',
      }
    : {
        code: 'SQL_UNTERMINATED',
        severity: 'error',
        file: path,
        line,
        message: `${what} begins here and takes the rest of the file`,
        hint: 'Close it where it ends.',
      };
}

/** Nobody is there to give a parameter its value, but for what PREPARE leaves to EXECUTE. */
function parameterFindings(
  path: string,
  statements: readonly TokenisedStatement[],
): MigrationFinding[] {
  return statements.flatMap(({ statement, tokens }) => {
    const parameter =
      statement.verb === 'PREPARE'
        ? undefined
        : tokens.find(({ kind }) => kind === 'parameter');
    return parameter
      ? [
          {
            code: 'SQL_PARAMETER',
            severity: 'error' as const,
            file: path,
            line: parameter.line,
            message: `${parameter.text} is a parameter, and a migration is given no values`,
            hint: 'Write the value itself.',
          },
        ]
      : [];
  });
}
