import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { SqlFile } from '../migrate/migration';
import type { SqlParser } from '../migrate/ports';
import { openSession } from './duckdb-session';
import type { DuckdbSession } from './duckdb-session';
import { lineOfFailure, saidByDuckdb } from './parse-duckdb-failure';

/** Makes the port that parses SQL with DuckDB itself. The engine is loaded with its first use. */
export function createSqlParser(): SqlParser {
  return {
    findSyntaxErrors: async (files, signal) => {
      if (files.length === 0) return [];
      const session = await openSession();
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
    { sql: file.sql, line: 1 },
    ...file.asserts.map(({ sql, line }) => ({ sql, line })),
  ];
  const findings: MigrationFinding[] = [];
  for (const { sql, line } of parts) {
    const error = await session.parse(sql);
    if (error === undefined) continue;
    findings.push({
      code: 'SQL_SYNTAX',
      severity: 'error',
      file: file.path,
      line: line + (lineOfFailure(error) ?? lastLineOf(sql)) - 1,
      message: `DuckDB cannot read it: ${saidByDuckdb(error)}`,
      hint: 'Correct the SQL.',
    });
  }
  return findings.sort((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

/** Where an error at the end of the input is. */
function lastLineOf(sql: string): number {
  return sql.trimEnd().split('\n').length;
}
