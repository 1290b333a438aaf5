import { listedNames, readTableDefinition } from '../sql/read-table-definition';
import type { TableDefinition } from '../sql/read-table-definition';
import type { AlterFacts } from '../sql/read-alter';
import type { StatementFacts } from '../sql/read-statement';
import type { SqlToken } from '../sql/sql-lexer';
import { splitName, TokenCursor } from '../sql/token-cursor';

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

/**
 * What tables, keys and indexes there are, as far as the statements that it was shown tell: each is shown in order,
 * those of applied files too. A table that it does not know may exist all the same.
 */
export class SchemaTracker {
  readonly #tables = new Map<string, TrackedTable>();

  table(name: string): TrackedTable | undefined {
    return this.#tables.get(name);
  }

  /** Other tables with a foreign key to this one that DuckDB heeds. */
  childrenOf(name: string): string[] {
    return [...this.#tables]
      .filter(
        ([table, { references }]) => table !== name && references.has(name),
      )
      .map(([table]) => table);
  }

  /** @param tokens of the statement that the facts were read from. */
  show(facts: StatementFacts, tokens: readonly SqlToken[]): void {
    switch (facts.kind) {
      case 'create-table':
        this.#create(facts);
        break;
      case 'drop-table':
        this.#tables.delete(facts.table);
        break;
      case 'create-index':
        this.#index(facts, tokens);
        break;
      case 'drop-index':
        this.#dropIndex(facts.index);
        break;
      case 'drop-schema':
        for (const name of [...this.#tables.keys()]) {
          if (name.startsWith(`${facts.schema}.`)) this.#tables.delete(name);
        }
        break;
      case 'alter-table':
        this.#alter(facts);
        break;
      default:
    }
  }

  #create(facts: TableStatement<'create-table'>): void {
    // A temporary table hides one of the same name: what is meant from now on is not known.
    if (facts.temporary) this.#tables.delete(facts.table);
    else if (!facts.ifNotExists || !this.#tables.has(facts.table)) {
      this.#tables.set(facts.table, {
        ...readTableDefinition(facts.rest),
        indexes: [],
      });
    }
  }

  #index(
    { index, table, ifNotExists }: TableStatement<'create-index'>,
    tokens: readonly SqlToken[],
  ): void {
    const known = this.#tables.get(table);
    if (!known) return;
    if (ifNotExists && this.#hasIndex(`${splitName(table).schema}${index}`))
      return;
    this.#tables.set(table, {
      ...known,
      indexes: [...known.indexes, { name: index, tokens }],
    });
  }

  /** Names of indexes are those of their schema, not of their table. */
  #hasIndex(wanted: string): boolean {
    return [...this.#tables].some(([table, { indexes }]) =>
      indexes.some(
        ({ name }) => `${splitName(table).schema}${name}` === wanted,
      ),
    );
  }

  #dropIndex(dropped: string): void {
    for (const [name, table] of this.#tables) {
      const indexes = table.indexes.filter(
        index => `${splitName(name).schema}${index.name}` !== dropped,
      );
      this.#tables.set(name, { ...table, indexes });
    }
  }

  #alter(facts: AlterFacts): void {
    const known = this.#tables.get(facts.table);
    if (!known) return;
    const { compared } = facts.subject;
    if (facts.action === 'rename-table') {
      this.#rename(facts.table, compared, known);
      return;
    }
    // DuckDB 1.5 forgets what a table depends on when it alters it: its parents can then be altered too.
    const table = { ...known, references: new Set<string>() };
    this.#tables.set(facts.table, table);
    switch (facts.action) {
      case 'add-column':
        if (splitName(compared).schema !== '') break;
        this.#replaceColumns(facts.table, table, columns =>
          columns.includes(compared) ? columns : [...columns, compared],
        );
        break;
      case 'drop-column':
        this.#replaceColumns(facts.table, table, columns =>
          columns.filter(column => column !== compared),
        );
        break;
      case 'rename-column': {
        const cursor = new TokenCursor(facts.rest);
        const to = cursor.skip('TO') ? cursor.name()?.compared : undefined;
        if (to !== undefined) this.#renameColumn(facts.table, compared, to);
        break;
      }
      case 'add-primary-key':
        this.#tables.set(facts.table, {
          ...table,
          keys: new Set([...table.keys, ...listedNames(facts.rest)]),
        });
        break;
      default:
    }
  }

  #rename(from: string, to: string, table: TrackedTable): void {
    const target = `${splitName(from).schema}${to}`;
    this.#tables.delete(from);
    this.#tables.set(target, table);
    for (const [name, other] of this.#tables) {
      this.#tables.set(name, {
        ...other,
        references: renamed(other.references, from, target),
      });
    }
  }

  #replaceColumns(
    name: string,
    table: TrackedTable,
    change: (columns: readonly string[]) => readonly string[],
  ): void {
    this.#tables.set(name, {
      ...table,
      columns: table.columns && change(table.columns),
    });
  }

  #renameColumn(name: string, from: string, to: string): void {
    const table = this.#tables.get(name);
    if (!table) return;
    this.#tables.set(name, {
      ...table,
      columns: table.columns?.map(column => (column === from ? to : column)),
      keys: renamed(table.keys, from, to),
      foreign: renamed(table.foreign, from, to),
      checked: renamed(table.checked, from, to),
    });
  }
}

function renamed(
  names: ReadonlySet<string>,
  from: string,
  to: string,
): ReadonlySet<string> {
  return new Set([...names].map(name => (name === from ? to : name)));
}
