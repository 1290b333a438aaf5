import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { SqlFile, SqlStatement } from '../migrate/files/migration';
import type { SqlParser } from '../migrate/ports';
import { openSession } from './engine/open-session';
import type { DuckdbSession } from './engine/duckdb-session';
import { lineOfFailure, saidByDuckdb } from './engine/parse-duckdb-failure';

/** Makes the port that parses SQL with DuckDB itself. The engine is loaded with its first use. */
export function createSqlParser(): SqlParser {
  return {
    findSyntaxErrors: async (files, signal) => {
      if (files.length === 0) return [];
      // IMPORT DATABASE reads the files that it names while it is parsed: there are none.
      const session = await openSession({ files: [] });
      try {
        const findings: MigrationFinding[] = [];
        for (const file of files) {
          signal.throwIfAborted();
          findings.push(...(await findingsOf(file, session)));
        }
        return findings;
      } finally {
        session.close();
      }
    },
  };
}

/** DuckDB stops at the first error of a file; each assert is judged by itself. */
async function findingsOf(
  file: SqlFile,
  session: DuckdbSession,
): Promise<MigrationFinding[]> {
  const parts = [
    { sql: file.sql, line: 1, statements: file.statements },
    ...file.asserts.map(({ sql, line }) => ({ sql, line, statements: [] })),
  ];
  const findings: MigrationFinding[] = [];
  for (const { sql, line, statements } of parts) {
    const error = await session.parse(sql);
    if (error === undefined || isFileAccess(error)) continue;
    const within =
      lineOfFailure(error) ??
      (await lineOfRefused(error, statements, session)) ??
      lastLineOf(sql);
    findings.push({
      code: 'SQL_SYNTAX',
      severity: 'error',
      file: file.path,
      line: line + within - 1,
      message: `DuckDB cannot read it: ${saidByDuckdb(error)}`,
      hint: 'Correct the SQL.',
    });
  }
  return findings.sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

/** What reads a file is SQL all the same: lint refuses it, and says what to write instead. */
function isFileAccess(error: unknown): boolean {
  return /^Permission Error/.test(saidByDuckdb(error));
}

/** DuckDB names no line of what it reads but does not support: the statement is looked for. */
async function lineOfRefused(
  error: unknown,
  statements: readonly SqlStatement[],
  session: DuckdbSession,
): Promise<number | undefined> {
  if (/at end of input/.test(saidByDuckdb(error))) return undefined;
  for (const { text, line } of statements) {
    if ((await session.parse(text)) !== undefined) return line;
  }
  return undefined;
}

/** Where an error at the end of the input is. */
function lastLineOf(sql: string): number {
  return sql.trimEnd().split('\n').length;
}
