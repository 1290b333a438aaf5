import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Json } from '@duckdb/node-api';
import { migrationRequestSchema } from 'backstage-plugin-dojo-common';
import type {
  MigrationCheck,
  MigrationRequestInput,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import { createFolderSource } from '../../local/folder-source';
import { createSqlParser } from '../create-sql-parser';
import { createDatabaseHolder } from '../create-database-holder';
import type { DatabaseHolderOptions } from '../create-database-holder';
import { checkMigrations } from '../../migrate/check';
import type { CheckRequest } from '../../migrate/check';
import { migrate } from '../../migrate/migrate';
import type { MigrateOptions } from '../../migrate/migrate';

/** A folder of its own with a database that may not exist yet, and a migrations folder. */
export class DatabaseFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojo-database-'));
  readonly data = join(this.folder, 'data');
  readonly database = join(this.data, 'ledger.duckdb');
  readonly migrations = join(this.folder, 'migrations');
  readonly lines: string[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.data);
    mkdirSync(this.migrations);
    this.write(files);
  }

  /** Writes migration files: `0001_core.sql`, `caches/balance.sql`. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, sql] of Object.entries(files)) {
      const target = join(this.migrations, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, sql);
    }
  }

  async migrate(
    request: Partial<MigrationRequestInput> = {},
    options: Partial<MigrateOptions> & DatabaseHolderOptions = {},
  ): Promise<MigrationResult> {
    const { now, heartbeat, ...rest } = options;
    return migrate(
      migrationRequestSchema.parse({ database: this.database, ...request }),
      {
        clock: { now: now ?? (() => new Date()) },
        source: createFolderSource(this.migrations),
        databases: createDatabaseHolder({
          ...(now && { now }),
          ...(heartbeat !== undefined && { heartbeat }),
        }),
        parser: createSqlParser(),
      },
      {
        signal: new AbortController().signal,
        log: line => this.lines.push(line),
        ...rest,
      },
    );
  }

  async check(
    request: CheckRequest = { database: this.database },
  ): Promise<MigrationCheck> {
    return checkMigrations(
      request,
      {
        source: createFolderSource(this.migrations),
        databases: createDatabaseHolder(),
        parser: createSqlParser(),
      },
      { signal: new AbortController().signal },
    );
  }

  /** Opens the database plainly, as the application does. */
  async query(sql: string, database = this.database): Promise<Json[][]> {
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** Every file beside the database, by name, with a hash of its bytes. */
  bytes(): Record<string, string> {
    return Object.fromEntries(
      this.names().map(name => [name, hashOf(join(this.data, name))]),
    );
  }

  /** Names in the database's folder. */
  names(): string[] {
    return existsSync(this.data) ? readdirSync(this.data).sort() : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
