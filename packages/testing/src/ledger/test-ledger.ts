import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readCacheRebuilds, readMigrations } from './migration-files';
import type { MigrationFile } from './migration-files';

/** What a column of these tests may hold; integers of any width are numbers here, dates are `2026-01-31`. */
export type Cell = string | number | boolean | null;

/** A ledger in memory, made by the files of `migrations/` in DuckDB itself: one transaction a file, or as it says. */
export class TestLedger {
  #level = 0;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(level = readMigrations().length): Promise<TestLedger> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const ledger = new TestLedger(instance, await instance.connect());
    await ledger.migrate(level);
    return ledger;
  }

  /** Applies the files up to the `level`-th; throws where one fails, or what it asserts does not hold. */
  async migrate(level: number): Promise<void> {
    for (const file of readMigrations().slice(this.#level, level)) {
      await this.#apply(file);
      this.#level += 1;
    }
  }

  async rebuildCaches(): Promise<void> {
    for (const file of readCacheRebuilds()) await this.#apply(file);
  }

  /** Removes every row of every table, those of the migrations too. */
  async empty(): Promise<void> {
    const tables = await this.rows('SELECT table_name FROM duckdb_tables()');
    await this.run(
      tables.map(({ table_name }) => `TRUNCATE ${table_name};`).join(' '),
    );
  }

  /** Statements that are a transaction each. */
  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  async rows(sql: string): Promise<Record<string, Cell>[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader
      .getRowObjects()
      .map(row =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, toCell(value)]),
        ),
      );
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #apply(file: MigrationFile): Promise<void> {
    if (file.split) {
      await this.run(file.sql);
    } else {
      await this.run('BEGIN');
      try {
        await this.run(file.sql);
      } catch (error) {
        await this.run('ROLLBACK');
        throw error;
      }
      await this.run('COMMIT');
    }
    for (const query of file.asserts) {
      const rows = await this.rows(query);
      const values = rows.flatMap(row => Object.values(row));
      if (rows.length > 0 && !(values.length === 1 && values[0] === true)) {
        throw new Error(`${file.name}: ${query}: ${JSON.stringify(rows[0])}`);
      }
    }
  }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'bigint') {
    if (!Number.isSafeInteger(Number(value))) {
      throw new RangeError(`${value} is more than a number holds`);
    }
    return Number(value);
  }
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  return String(value);
}
