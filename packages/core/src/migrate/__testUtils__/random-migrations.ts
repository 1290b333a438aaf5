import * as fc from 'fast-check';

/** What the generator believes of a table; DuckDB knows better. */
interface Table {
  readonly name: string;
  readonly columns: string[];
  readonly indexes: { readonly name: string; readonly column: string }[];
}

interface Model {
  readonly tables: Table[];
  /** Of names. */
  next: number;
}

type Step = readonly [operation: number, table: number, column: number];

/**
 * Sets of migrations that mix DDL and DML as people do: mostly such that DuckDB runs them statement by statement, and
 * often such that it cannot in one transaction.
 */
export const randomMigrations: fc.Arbitrary<string[][]> = fc
  .array(
    fc.array(fc.tuple(fc.nat(99), fc.nat(9), fc.nat(9)), {
      minLength: 1,
      maxLength: 5,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(files => {
    const model: Model = { tables: [], next: 0 };
    return files.map((steps, at) => [
      ...(at === 0 ? [create(model), insert(model.tables[0], 5)] : []),
      ...steps.map(step => write(step, model)),
    ]);
  });

function write([operation, which, nth]: Step, model: Model): string {
  const table = model.tables[which % model.tables.length];
  const column = table.columns[nth % table.columns.length];
  if (operation < 8) return create(model);
  if (operation < 22) return insert(table, nth);
  if (operation < 40) return `UPDATE ${table.name} SET ${column} = id % 7`;
  if (operation < 55) return addColumn(table, nth, model);
  if (operation < 67) return createIndex(table, column, model);
  if (operation < 73) return dropIndex(table, column);
  if (operation < 79) return dropColumn(table, column);
  if (operation < 84) {
    return `ALTER TABLE ${table.name} ALTER COLUMN ${column} TYPE BIGINT`;
  }
  if (operation < 90) {
    return `ALTER TABLE ${table.name} ALTER COLUMN ${column} SET NOT NULL`;
  }
  if (operation < 95)
    return `DELETE FROM ${table.name} WHERE id % 3 = ${nth % 3}`;
  model.next += 1;
  return `CREATE VIEW v${model.next} AS SELECT ${column} FROM ${table.name} UNION ALL SELECT 1`;
}

function create(model: Model): string {
  model.next += 1;
  const name = `t${model.next}`;
  model.tables.push({ name, columns: ['a'], indexes: [] });
  return `CREATE TABLE ${name}(id BIGINT PRIMARY KEY, a INTEGER)`;
}

function insert({ name }: Table, from: number): string {
  return `INSERT INTO ${name}(id, a) SELECT 10 * range + ${from}, range FROM range(5) WHERE 10 * range + ${from} NOT IN (SELECT id FROM ${name})`;
}

function addColumn(table: Table, nth: number, model: Model): string {
  model.next += 1;
  const name = `c${model.next}`;
  table.columns.push(name);
  const defaults = [
    '',
    ' DEFAULT 5',
    ' DEFAULT (3 + 4)',
    " DEFAULT length('abc')",
  ];
  return `ALTER TABLE ${table.name} ADD COLUMN ${name} INTEGER${
    defaults[nth % defaults.length]
  }`;
}

function createIndex(table: Table, column: string, model: Model): string {
  model.next += 1;
  const name = `i${model.next}`;
  table.indexes.push({ name, column });
  return `CREATE INDEX ${name} ON ${table.name}(${column})`;
}

function dropIndex(table: Table, column: string): string {
  const index = table.indexes.pop();
  return index
    ? `DROP INDEX ${index.name}`
    : `UPDATE ${table.name} SET ${column} = 1`;
}

function dropColumn(table: Table, column: string): string {
  if (table.columns.length < 2) {
    return `UPDATE ${table.name} SET ${column} = 2`;
  }
  table.columns.splice(table.columns.indexOf(column), 1);
  return `ALTER TABLE ${table.name} DROP COLUMN ${column}`;
}
