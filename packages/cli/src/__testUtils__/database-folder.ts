import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSql, writeMigrations } from 'dojo-testing';
import { runDojo } from './run-dojo';
import type { RunInput, RunOutput } from './run-dojo';

/** A folder with a database, and one with its migrations, for one test. */
export class DatabaseFolder {
  /** Holds nothing but the database and what is made beside it. */
  readonly folder: string;
  /** The DuckDB file. */
  readonly file: string;
  readonly migrations: string;
  readonly #root: string;

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'dojo-database-'));
    this.folder = join(this.#root, 'data');
    this.file = join(this.folder, 'l.duckdb');
    this.migrations = join(this.#root, 'migrations');
    mkdirSync(this.folder);
    mkdirSync(this.migrations);
  }

  /** Writes migrations, by file name. */
  write(files: Readonly<Record<string, string>>): void {
    writeMigrations(this.migrations, files);
  }

  /** Writes a cache rebuild. */
  writeCache(name: string, sql: string): void {
    mkdirSync(join(this.migrations, 'caches'), { recursive: true });
    writeFileSync(join(this.migrations, 'caches', name), sql);
  }

  remove(file: string): void {
    rmSync(join(this.migrations, file));
  }

  /** Begins as a copy of another: database, WAL, backups and migrations. */
  copyFrom(other: DatabaseFolder): this {
    cpSync(other.folder, this.folder, { recursive: true });
    cpSync(other.migrations, this.migrations, { recursive: true });
    return this;
  }

  /** Runs SQL as the app does. */
  runSql(sql: string): void {
    runSql(this.file, sql);
  }

  /** Runs SQL as the app does, and dies before its commits are folded into the file. */
  writeWal(sql: string): void {
    runSql(this.file, sql, { keepWal: true });
  }

  /** Makes the database no DuckDB file any more. */
  spoil(): void {
    writeFileSync(this.file, 'spoilt'.repeat(4096));
  }

  /** `dojo migrate` of this database, in this process. */
  migrate(args: readonly string[] = [], input?: RunInput): Promise<RunOutput> {
    return this.run(
      'migrate',
      ['--migrations', this.migrations, ...args],
      input,
    );
  }

  /** `dojo migrate`, for a test that begins after it. @throws where it fails. */
  async prepare(): Promise<void> {
    const { code, stderr } = await this.migrate();
    if (code !== 0) throw new Error(stderr);
  }

  run(
    command: string,
    args: readonly string[] = [],
    input?: RunInput,
  ): Promise<RunOutput> {
    return runDojo([command, '--database', this.file, ...args], input);
  }

  /** Every file of the database's folder, by name, as the SHA-256 of its bytes. */
  files(): Record<string, string> {
    return filesOf(this.folder);
  }

  dispose(): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Every file below a folder, by path in it, as the SHA-256 of its bytes; none where there is no folder. */
export function filesOf(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const found = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Object.fromEntries(
    found
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort()
      .map((name, _, names) => [
        name,
        names.some(other => other.startsWith(`${name}/`))
          ? 'folder'
          : hashOf(join(folder, name)),
      ]),
  );
}

function hashOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
