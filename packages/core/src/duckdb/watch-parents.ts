import type { SqlStatement } from '../migrate/files/migration';
import { readStatement } from '../migrate/sql/read-statement';
import { lexSql } from '../migrate/sql/sql-lexer';
import { splitName } from '../migrate/sql/token-cursor';
import { orphaned } from './constraint-broken';
import type { DuckdbSession } from './engine/duckdb-session';
import { findOrphans, readConstraints } from './schema/read-constraints';

/**
 * Keeps a run from a checkpoint while a foreign key leads to a table that was renamed: DuckDB 1.5 then looks for that
 * table for ever, hears no interrupt, and its process can only be killed. A CHECKPOINT does one, whatever its form, and
 * so may each COMMIT of many rows. Until then a file may give the name to another table.
 */
export class ParentWatch {
  readonly #session: DuckdbSession;
  readonly #attached: string;
  #renamedBy: string | undefined;

  constructor(session: DuckdbSession, attached: string) {
    this.#session = session;
    this.#attached = attached;
  }

  /** Notes what has run. @param place of the statement. */
  note({ verb }: SqlStatement, place: string): void {
    if (verb === 'ALTER TABLE') this.#renamedBy = place;
  }

  /**
   * To be asked before a statement that commits by itself or may be a checkpoint, and before a COMMIT.
   *
   * @param statement undefined: it is the COMMIT.
   * @throws DojoError MIGRATION_CONSTRAINT_BROKEN.
   */
  async ensureParents(statement?: SqlStatement): Promise<void> {
    if (this.#renamedBy === undefined) return;
    if (statement && isPlainDdl(statement)) return;
    const constraints = await readConstraints(this.#session, this.#attached);
    const orphans = await findOrphans(
      this.#session,
      this.#attached,
      constraints,
    );
    const made = statement && tableMadeBy(statement);
    const orphan = orphans.find(
      ({ parent }) => made === undefined || parent.toLowerCase() !== made,
    );
    if (orphan) throw orphaned(orphan, this.#renamedBy);
    if (orphans.length === 0) this.#renamedBy = undefined;
  }
}

/** What changes the schema alone: its commit is too small for a checkpoint. */
function isPlainDdl({ kind, verb }: SqlStatement): boolean {
  return kind === 'ddl' && !/^CREATE\b.*\bTABLE$/.test(verb);
}

/** Name of the table that a statement makes, without a schema, as DuckDB compares it. */
function tableMadeBy({ text }: SqlStatement): string | undefined {
  const facts = readStatement(
    lexSql(text).tokens.filter(({ kind }) => kind !== 'comment'),
  );
  if (facts.kind !== 'create-table') return undefined;
  const { bare } = splitName(facts.table);
  return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
}
