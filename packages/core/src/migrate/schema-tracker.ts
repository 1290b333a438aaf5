import { listedNames, readTableDefinition } from './read-table-definition';
import type { TableDefinition } from './read-table-definition';
import type { AlterFacts } from './read-alter';
import type { StatementFacts } from './read-statement';
import type { SqlToken } from './sql-lexer';
import { TokenCursor } from './token-cursor';

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
  private readonly tables = new Map<string, TrackedTable>();

  table(name: string): TrackedTable | undefined {
    return this.tables.get(name);
  }

  /** Other tables with a foreign key to this one. */
  childrenOf(name: string): string[] {
    return [...this.tables]
      .filter(
        ([table, { references }]) => table !== name && references.has(name),
      )
      .map(([table]) => table);
  }

  /** @param tokens of the statement that the facts were read from. */
  show(facts: StatementFacts, tokens: readonly SqlToken[]): void {
    switch (facts.kind) {
      case 'create-table':
        this.create(facts);
        break;
      case 'drop-table':
        this.tables.delete(facts.table);
        break;
      case 'create-index':
        this.index(facts, tokens);
        break;
      case 'drop-index':
        this.dropIndex(facts.index);
        break;
      case 'drop-schema':
        for (const name of [...this.tables.keys()]) {
          if (name.startsWith(`${facts.schema}.`)) this.tables.delete(name);
        }
        break;
      case 'alter-table':
        this.alter(facts);
        break;
      default:
    }
  }

  private create(facts: TableStatement<'create-table'>): void {
    // A temporary table hides one of the same name: what is meant from now on is not known.
    if (facts.temporary) this.tables.delete(facts.table);
    else if (!facts.ifNotExists || !this.tables.has(facts.table)) {
      this.tables.set(facts.table, {
        ...readTableDefinition(facts.rest),
        indexes: [],
      });
    }
  }

  private index(
    { index, table, ifNotExists }: TableStatement<'create-index'>,
    tokens: readonly SqlToken[],
  ): void {
    const known = this.tables.get(table);
    if (!known) return;
    if (ifNotExists && known.indexes.some(({ name }) => name === index)) return;
    this.tables.set(table, {
      ...known,
      indexes: [...known.indexes, { name: index, tokens }],
    });
  }

  private dropIndex(dropped: string): void {
    const bare = dropped.slice(dropped.lastIndexOf('.') + 1);
    for (const [name, table] of this.tables) {
      const indexes = table.indexes.filter(index => index.name !== bare);
      this.tables.set(name, { ...table, indexes });
    }
  }

  private alter(facts: AlterFacts): void {
    const table = this.tables.get(facts.table);
    if (!table) return;
    const { compared } = facts.subject;
    switch (facts.action) {
      case 'rename-table':
        this.rename(facts.table, compared, table);
        break;
      case 'add-column':
        if (compared.includes('.')) break;
        this.replaceColumns(facts.table, table, columns =>
          columns.includes(compared) ? columns : [...columns, compared],
        );
        break;
      case 'drop-column':
        this.replaceColumns(facts.table, table, columns =>
          columns.filter(column => column !== compared),
        );
        break;
      case 'rename-column': {
        const cursor = new TokenCursor(facts.rest);
        const to = cursor.skip('TO') ? cursor.name()?.compared : undefined;
        if (to !== undefined) this.renameColumn(facts.table, compared, to);
        break;
      }
      case 'add-primary-key':
        this.tables.set(facts.table, {
          ...table,
          keys: new Set([...table.keys, ...listedNames(facts.rest)]),
        });
        break;
      default:
    }
  }

  private rename(from: string, to: string, table: TrackedTable): void {
    const schema = from.slice(0, from.lastIndexOf('.') + 1);
    const target = `${schema}${to}`;
    this.tables.delete(from);
    this.tables.set(target, table);
    for (const [name, other] of this.tables) {
      this.tables.set(name, {
        ...other,
        references: renamed(other.references, from, target),
      });
    }
  }

  private replaceColumns(
    name: string,
    table: TrackedTable,
    change: (columns: readonly string[]) => readonly string[],
  ): void {
    this.tables.set(name, {
      ...table,
      columns: table.columns && change(table.columns),
    });
  }

  private renameColumn(name: string, from: string, to: string): void {
    const table = this.tables.get(name);
    if (!table) return;
    this.tables.set(name, {
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
