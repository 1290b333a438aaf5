import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommitToMake, makeRepository } from 'dojo-testing';
import { startDojoService, TestDojoService } from './startDojoService';

/** Runs until it is interrupted: no machine counts as far. */
const endlessSql =
  'CREATE TABLE endless AS SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE a.range <> b.range;\n';

/** Chooses the version that runs it. */
export const endless = { version: '2.0.0-rc.1' };

const history: readonly CommitToMake[] = [
  {
    message: 'feat: accounts',
    files: {
      'db/migrations/0001_core.sql':
        "CREATE TABLE account (id INTEGER PRIMARY KEY, name VARCHAR);\nINSERT INTO account VALUES (1, 'Cash');\n",
      'db/migrations/caches/balance.sql':
        'CREATE OR REPLACE TABLE balance AS SELECT id, 0 AS minor FROM account;\n',
    },
    tag: 'v1.0.0',
  },
  {
    message: 'feat: tags',
    files: {
      'db/migrations/0002_tags.sql': 'CREATE TABLE tag (id INTEGER);\n',
    },
    tag: 'v1.1.0',
  },
  {
    message: 'feat: never ends',
    files: { 'db/migrations/0003_endless.sql': endlessSql },
    tag: `v${endless.version}`,
  },
  {
    message: 'feat: ends its own transaction',
    files: {
      'db/migrations/0003_endless.sql':
        'CREATE TABLE a (x INTEGER);\nCOMMIT;\n',
      'db/migrations/0004_more.sql': "ATTACH 'x.duckdb';\n",
    },
    tag: 'v2.0.0-rc.2',
  },
];

/**
 * The component `ledger` on a local forge with versions 1.0.0 (`0001_core`), 1.1.0 (`0002_tags`) and 2.0.0-rc.1, whose
 * migration never ends; and the environment `dev`.
 */
export class DatabaseWorld {
  readonly folder = realpathSync(
    mkdtempSync(join(tmpdir(), 'dojo-databases-')),
  );
  readonly databases = join(this.folder, 'databases');
  readonly database = join(this.databases, 'ledger.duckdb');
  readonly temporary = join(this.folder, 'work');
  readonly #running: TestDojoService[] = [];

  constructor() {
    mkdirSync(this.databases);
    makeRepository(join(this.folder, 'forge/ledger.git'), { commits: history });
  }

  async start(
    options: {
      readonly denied?: readonly string[];
      readonly annotations?: Record<string, string>;
    } = {},
  ): Promise<TestDojoService> {
    const service = await startDojoService({
      denied: options.denied,
      annotations: {
        'dojo/repository': 'file:ledger.git',
        'dojo/migrations': 'db/migrations',
        ...options.annotations,
      },
      config: {
        backend: { workingDirectory: this.temporary },
        dojo: {
          localForge: { root: join(this.folder, 'forge') },
          environments: [
            {
              name: 'dev',
              database: { file: join(this.databases, '{component}.duckdb') },
            },
            { name: 'production' },
          ],
        },
      },
    });
    this.#running.push(service);
    return service;
  }

  /** Every file of the databases' folder with the hash of its bytes. */
  snapshot(): Record<string, string> {
    return Object.fromEntries(
      readdirSync(this.databases, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .sort()
        .map(path => [
          path,
          createHash('sha256').update(readFileSync(path)).digest('hex'),
        ]),
    );
  }

  /** Whether something is made beside the database at this moment. */
  isCopying(): boolean {
    return readdirSync(this.databases).length > 1;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map(each => each.stop()));
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
