import { listedNames, readTableDefinition } from '../sql/read-table-definition';
import type { TableDefinition } from '../sql/read-table-definition';
import type { AlterFacts } from '../sql/read-alter';
import type { StatementFacts } from '../sql/read-statement';
import type { SqlToken } from '../sql/sql-lexer';
import { splitName, TokenCursor } from '../sql/token-cursor';
import { maxListed } from './list-names';
import { NameGroups } from './name-groups';

/** An index, and the statement that made it. */
export interface TrackedIndex {
  readonly name: string;
  readonly tokens: readonly SqlToken[];
}

/** A table as the statements so far made it. */
export interface TrackedTable extends TableDefinition {
  readonly indexes: readonly TrackedIndex[];
}

type TableStatement<K> = Extract<StatementFacts, { kind: K }>;

/** The same, while it changes. */
interface ChangingTable {
  columns: string[] | undefined;
  readonly keys: Set<string>;
  readonly foreign: Set<string>;
  readonly checked: Set<string>;
  references: ReadonlySet<string>;
  readonly indexes: TrackedIndex[];
}

/** Beyond that, a table is one that nobody wrote by hand: where its columns stand is not followed. */
const maxColumns = 500;
const maxIndexes = 100;

/**
 * What tables, keys and indexes there are, as far as the statements that it was shown tell: each is shown in order,
 * those of applied files too. A table that it does not know may exist all the same. What a statement costs does not
 * depend on how many there were before it.
 */
export class SchemaTracker {
  readonly #tables = new Map<string, ChangingTable>();
  /** By the schema, with its dot. */
  readonly #bySchema = new NameGroups();
  /** By the table that their foreign keys lead to. */
  readonly #children = new NameGroups();
  /** By the name of an index with its schema. */
  readonly #byIndex = new NameGroups();
  readonly #schemas = new Set<string>();

  table(name: string): TrackedTable | undefined {
    return this.#tables.get(name);
  }

  /** Other tables with a foreign key to this one that DuckDB heeds; of many, more than are listed. */
  childrenOf(name: string): string[] {
    return this.#children
      .first(maxListed + 2, name)
      .filter(table => table !== name);
  }

  /** Whether a statement made this schema. */
  hasSchema(name: string): boolean {
    return this.#schemas.has(name);
  }

  /** @param tokens of the statement that the facts were read from. */
  show(facts: StatementFacts, tokens: readonly SqlToken[]): void {
    switch (facts.kind) {
      case 'create-table':
        this.#create(facts);
        break;
      case 'drop-table':
        this.#forget(facts.table);
        break;
      case 'create-index':
        this.#index(facts, tokens);
        break;
      case 'drop-index':
        for (const table of this.#byIndex.of(facts.index)) {
          this.#dropIndex(table, facts.index);
        }
        break;
      case 'create-schema':
        this.#schemas.add(facts.schema);
        break;
      case 'drop-schema':
        this.#bySchema
          .of(`${facts.schema}.`)
          .forEach(table => this.#forget(table));
        break;
      case 'alter-table':
        this.#alter(facts);
        break;
      default:
    }
  }

  #create(facts: TableStatement<'create-table'>): void {
    // A temporary table hides one of the same name: what is meant from now on is not known.
    if (facts.temporary) this.#forget(facts.table);
    else if (!facts.ifNotExists || !this.#tables.has(facts.table)) {
      const read = readTableDefinition(facts.rest);
      this.#forget(facts.table);
      this.#put(facts.table, {
        columns:
          (read.columns?.length ?? 0) > maxColumns
            ? undefined
            : read.columns && [...read.columns],
        keys: new Set(read.keys),
        foreign: new Set(read.foreign),
        checked: new Set(read.checked),
        references: read.references,
        indexes: [],
      });
    }
  }

  #put(name: string, table: ChangingTable): void {
    this.#tables.set(name, table);
    this.#bySchema.add(splitName(name).schema, name);
    table.references.forEach(parent => this.#children.add(parent, name));
    table.indexes.forEach(index =>
      this.#byIndex.add(nameOfIndex(name, index.name), name),
    );
  }

  #forget(name: string): ChangingTable | undefined {
    const table = this.#tables.get(name);
    if (!table) return undefined;
    this.#tables.delete(name);
    this.#bySchema.remove(splitName(name).schema, name);
    table.references.forEach(parent => this.#children.remove(parent, name));
    table.indexes.forEach(index =>
      this.#byIndex.remove(nameOfIndex(name, index.name), name),
    );
    return table;
  }

  #index(
    { index, table, ifNotExists }: TableStatement<'create-index'>,
    tokens: readonly SqlToken[],
  ): void {
    const known = this.#tables.get(table);
    if (!known || known.indexes.length >= maxIndexes) return;
    // Names of indexes are those of their schema, not of their table.
    const name = nameOfIndex(table, index);
    if (ifNotExists && this.#byIndex.has(name)) return;
    known.indexes.push({ name: index, tokens });
    this.#byIndex.add(name, table);
  }

  #dropIndex(name: string, dropped: string): void {
    const indexes = this.#tables.get(name)?.indexes ?? [];
    for (let at = indexes.length - 1; at >= 0; at -= 1) {
      if (nameOfIndex(name, indexes[at].name) === dropped) {
        indexes.splice(at, 1);
      }
    }
    this.#byIndex.remove(dropped, name);
  }

  #alter(facts: AlterFacts): void {
    const known = this.#tables.get(facts.table);
    if (!known) return;
    const { compared } = facts.subject;
    if (facts.action === 'rename-table') {
      this.#rename(facts.table, compared);
      return;
    }
    // DuckDB 1.5 forgets what a table depends on when it alters it: its parents can then be altered too.
    known.references.forEach(parent =>
      this.#children.remove(parent, facts.table),
    );
    known.references = new Set();
    switch (facts.action) {
      case 'add-column':
        if (splitName(compared).schema === '') addColumn(known, compared);
        break;
      case 'drop-column':
        known.columns = known.columns?.filter(column => column !== compared);
        break;
      case 'rename-column': {
        const cursor = new TokenCursor(facts.rest);
        const to = cursor.skip('TO') ? cursor.name()?.compared : undefined;
        if (to !== undefined) renameColumn(known, compared, to);
        break;
      }
      case 'add-primary-key':
        listedNames(facts.rest).forEach(name => known.keys.add(name));
        break;
      default:
    }
  }

  #rename(from: string, to: string): void {
    const table = this.#forget(from);
    if (!table) return;
    const target = `${splitName(from).schema}${to}`;
    this.#forget(target);
    table.references = renamed(table.references, from, target);
    this.#put(target, table);
    for (const child of this.#children.of(from)) {
      const other = this.#tables.get(child);
      if (!other) continue;
      other.references = renamed(other.references, from, target);
      this.#children.remove(from, child);
      this.#children.add(target, child);
    }
  }
}

function nameOfIndex(table: string, index: string): string {
  return `${splitName(table).schema}${index}`;
}

function addColumn(table: ChangingTable, name: string): void {
  if (table.columns === undefined || table.columns.includes(name)) return;
  if (table.columns.length >= maxColumns) table.columns = undefined;
  else table.columns.push(name);
}

function renameColumn(table: ChangingTable, from: string, to: string): void {
  table.columns = table.columns?.map(column => (column === from ? to : column));
  for (const names of [table.keys, table.foreign, table.checked]) {
    if (names.delete(from)) names.add(to);
  }
}

function renamed(
  names: ReadonlySet<string>,
  from: string,
  to: string,
): ReadonlySet<string> {
  return names.has(from)
    ? new Set([...names].map(name => (name === from ? to : name)))
    : names;
}
