import { NameGroups } from '../lint/name-groups';
import { deletesAll, deletesSome } from '../sql/deletes-rows';
import { comparedPath, splitName } from '../sql/token-cursor';
import type { CountedTable } from './database-contents';
import type { Change } from './read-changes';

const unchecked = 'is not checked without a rehearsal';

/** Something that is taken away, and how it is told. */
interface Loss {
  readonly by: string;
  readonly table: CountedTable;
  readonly tell: (loss: Loss) => string;
  isAnew: boolean;
}

/** Follows tables through the names that the changes give them. */
class RowLosses {
  /** By their names after the changes so far. */
  readonly #tables = new Map<string, CountedTable>();
  /** Their names by the schema, with its dot. */
  readonly #bySchema = new NameGroups();
  readonly #losses: Loss[] = [];
  readonly #freed = new Map<string, Loss[]>();
  readonly #cascades: string[] = [];

  constructor(counted: readonly CountedTable[]) {
    for (const table of counted) {
      this.#put(comparedPath(table.schema, table.name), table);
    }
  }

  show({ by, facts, tokens, verb }: Change): void {
    switch (facts.kind) {
      case 'drop-table':
        this.#drop(facts.table, by);
        break;
      case 'drop-schema':
        this.#bySchema
          .of(`${facts.schema}.`)
          .forEach(name => this.#drop(name, by));
        break;
      case 'create-table':
        if (facts.temporary) this.#take(facts.table);
        else {
          if (facts.replaces) this.#drop(facts.table, by);
          this.#remake(facts.table);
        }
        break;
      case 'alter-table':
        if (facts.action === 'rename-table') {
          this.#rename(facts.table, facts.subject.compared);
        } else if (facts.action === 'drop-column') {
          const { written } = facts.subject;
          this.#lose(facts.table, by, ({ table }) =>
            [
              `${by} takes ${written} of ${nameOf(table)} away, which has`,
              `${rowsOf(table)}: how many of them hold a value ${unchecked}`,
            ].join(' '),
          );
        }
        break;
      case 'write':
        if (!facts.changesRows) break;
        if (deletesAll({ verb, tokens })) this.#lose(facts.table, by, tellAll);
        else if (deletesSome({ verb, tokens })) {
          this.#lose(facts.table, by, tellSome);
        }
        break;
      case 'drop-other':
        if (facts.cascades) {
          this.#cascades.push(
            `${by} takes what depends on ${facts.name} along: which tables ${unchecked}`,
          );
        }
        break;
      default:
    }
  }

  tell(): string[] {
    return [
      ...this.#losses
        .filter(({ table }) => table.rows > 0)
        .map(loss => (loss.isAnew ? tellAnew(loss) : loss.tell(loss))),
      ...this.#cascades,
    ];
  }

  #put(name: string, table: CountedTable): void {
    this.#tables.set(name, table);
    this.#bySchema.add(splitName(name).schema, name);
  }

  #take(name: string): CountedTable | undefined {
    const table = this.#tables.get(name);
    this.#tables.delete(name);
    this.#bySchema.remove(splitName(name).schema, name);
    return table;
  }

  #drop(name: string, by: string): void {
    const loss = this.#lose(name, by, tellAll);
    this.#take(name);
    if (loss) this.#freed.set(name, [...(this.#freed.get(name) ?? []), loss]);
  }

  #lose(name: string, by: string, tell: Loss['tell']): Loss | undefined {
    const table = this.#tables.get(name);
    if (table === undefined) return undefined;
    const loss: Loss = { by, table, tell, isAnew: false };
    this.#losses.push(loss);
    return loss;
  }

  #remake(name: string): void {
    for (const loss of this.#freed.get(name) ?? []) loss.isAnew = true;
    this.#freed.delete(name);
  }

  #rename(from: string, to: string): void {
    const target = `${splitName(from).schema}${to}`;
    const table = this.#take(from);
    if (table) this.#put(target, table);
    this.#remake(target);
  }
}

/**
 * Tells which rows that the database holds now the changes take away, a sentence for each statement. How many a condition
 * meets, the text does not tell; that is said.
 */
export function tellRows(
  changes: readonly Change[],
  counted: readonly CountedTable[],
): string[] {
  const ledger = new RowLosses(counted);
  for (const change of changes) ledger.show(change);
  return ledger.tell();
}

function tellAll({ by, table }: Loss): string {
  return `${by} takes ${rowsOf(table)} of ${nameOf(table)} away`;
}

function tellSome({ by, table }: Loss): string {
  return `${by} takes rows of ${nameOf(table)} away, which has ${rowsOf(
    table,
  )}: how many go ${unchecked}`;
}

function tellAnew({ by, table }: Loss): string {
  return `${by} makes ${nameOf(table)} anew, which has ${rowsOf(
    table,
  )}: whether they are in the new one ${unchecked}`;
}

function nameOf({ schema, name }: CountedTable): string {
  return `${schema}.${name}`;
}

function rowsOf({ rows, isCounted }: CountedTable): string {
  return `${isCounted ? '' : 'about '}${rows} row${rows === 1 ? '' : 's'}`;
}
