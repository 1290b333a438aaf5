import type { SqlFile } from '../../migrate/files/migration';
import type { DuckdbSession } from '../engine/duckdb-session';
import { saidByDuckdb } from '../engine/parse-duckdb-failure';
import { quoteIdentifier, quoteText } from '../engine/quote-sql';

/** What may take from under a view what it reads. */
const mayBreak = /^(?:ALTER|DROP|CREATE OR REPLACE)\b/;

/** Whether anything of these files may break a view. */
export function mayBreakViews(files: readonly SqlFile[]): boolean {
  return files.some(({ statements }) =>
    statements.some(({ verb }) => mayBreak.test(verb)),
  );
}

/** The views of the database that is in use which cannot be read, with what DuckDB says. None of them is run. */
export async function readBrokenViews(
  session: DuckdbSession,
  database: string,
): Promise<ReadonlyMap<string, string>> {
  // By its full name: among migrations, a macro may hide it.
  const views = await session.rows(
    `SELECT schema_name, view_name FROM system.main.duckdb_views()
      WHERE database_name = ${quoteText(database)} AND NOT internal`,
  );
  const broken = new Map<string, string>();
  for (const [schema, view] of views) {
    const path = [database, String(schema), String(view)];
    try {
      await session.rows(
        `EXPLAIN SELECT * FROM ${path.map(quoteIdentifier).join('.')}`,
      );
    } catch (error) {
      if (session.isEnded) throw error;
      broken.set(`${schema}.${view}`, saidByDuckdb(error));
    }
  }
  return broken;
}

/** A sentence for each view that was sound before and is not any more. */
export function tellBrokenViews(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after]
    .filter(([view]) => !before.has(view))
    .map(([view, said]) => `View ${view} can no longer be read: ${said}`);
}
