import type { SqlFile } from '../migrate/files/migration';
import { readStatement } from '../migrate/sql/read-statement';
import { lexSql } from '../migrate/sql/sql-lexer';
import { splitName } from '../migrate/sql/token-cursor';
import { constraintBroken, orphaned } from './constraint-broken';
import type { DuckdbSession } from './engine/duckdb-session';
import { quoteIdentifier } from './engine/quote-sql';
import { findOrphans, readConstraints } from './schema/read-constraints';
import type { Constraint } from './schema/read-constraints';

/**
 * Proves on the copy what its tables promise, as far as an ALTER TABLE of the run may have broken it: DuckDB 1.5 looks at
 * no constraint when `ALTER … TYPE … USING` computes new values, and lets a foreign key lead to a table that has another
 * name by now, of which a checkpoint then waits for ever. So it is asked before the copy is folded.
 *
 * @param attached name of the copy in the session.
 * @param files that ran.
 * @throws DojoError MIGRATION_CONSTRAINT_BROKEN.
 */
export async function proveConstraints(
  session: DuckdbSession,
  attached: string,
  files: readonly SqlFile[],
): Promise<void> {
  const altered = alteredTables(files);
  if (altered.size === 0) return;
  const constraints = await readConstraints(session, attached);
  const [orphan] = await findOrphans(session, attached, constraints);
  if (orphan) {
    throw orphaned(orphan, altered.get(orphan.parent.toLowerCase()));
  }
  for (const constraint of constraints) {
    const { table } = constraint;
    const place = altered.get(table.toLowerCase());
    const broke = place && brokenRows(attached, constraint);
    if (!broke) continue;
    const [[count]] = await session.rows(broke);
    if (Number(count) > 0) {
      throw constraintBroken(
        constraint,
        place,
        `does not hold for ${count} of its rows`,
      );
    }
  }
}

/** Where each table was altered last, by its name without a schema. */
function alteredTables(files: readonly SqlFile[]): ReadonlyMap<string, string> {
  const altered = new Map<string, string>();
  for (const { path, statements } of files) {
    for (const { verb, text, line } of statements) {
      if (verb !== 'ALTER TABLE') continue;
      const facts = readStatement(
        lexSql(text).tokens.filter(({ kind }) => kind !== 'comment'),
      );
      if (facts.kind !== 'alter-table') continue;
      const place = `${path}:${line}`;
      const { subject, action, table } = facts;
      for (const name of [
        table,
        action === 'rename-table' && subject.compared,
      ]) {
        if (name) altered.set(unquoted(splitName(name).bare), place);
      }
    }
  }
  return altered;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** SQL that counts the rows for which it does not hold; undefined: DuckDB keeps it, whatever is altered. */
function brokenRows(
  attached: string,
  { schema, table, kind, expression, columns }: Constraint,
): string | undefined {
  const from = [attached, schema, table].map(quoteIdentifier).join('.');
  const [column = ''] = columns;
  switch (kind) {
    case 'NOT NULL':
      return `SELECT system.main.count_star() FROM ${from} WHERE ${quoteIdentifier(
        column,
      )} IS NULL`;
    case 'CHECK':
      return `SELECT system.main.count_star() FROM ${from} WHERE NOT (${expression})`;
    default:
      return undefined;
  }
}
