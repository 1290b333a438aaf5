import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseFacts } from 'dojo-portal-core/delivery';
import { holdDatabase, runSql } from 'dojo-testing';
import { Environments } from '../../config/Environments';
import { DatabaseTurns } from '../../migration/DatabaseTurns';
import { createDatabaseReader } from './createDatabaseReader';
import type { DatabaseReaderOptions } from './createDatabaseReader';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const tables = `
  CREATE TABLE applied_migrations(id VARCHAR PRIMARY KEY, applied_at TIMESTAMP);
  CREATE TABLE applied_migrations_meta(id VARCHAR PRIMARY KEY, checksum VARCHAR NOT NULL, token_checksum VARCHAR NOT NULL,
    duration_ms DOUBLE, engine VARCHAR NOT NULL, runner VARCHAR NOT NULL, plan_hash VARCHAR NOT NULL,
    fingerprint VARCHAR, fingerprint_engine VARCHAR);`;
const planHash = 'a'.repeat(64);
const target = {
  component: 'component:default/ledger',
  name: 'ledger',
  repository: 'file:ledger.git',
};

describe('createDatabaseReader', () => {
  let folder: string;
  let path: string;
  let children: number;
  let reader: ReturnType<typeof createDatabaseReader>;
  let turns: DatabaseTurns;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-status-')));
    mkdirSync(join(folder, 'data'));
    path = join(folder, 'data/ledger.duckdb');
    children = 0;
    turns = new DatabaseTurns();
    const counted: DatabaseReaderOptions['turns'] = {
      run: (turn, work) =>
        turns.run(turn, () => {
          children += 1;
          return work();
        }),
    };
    reader = createDatabaseReader({
      environments: new Environments({
        allow: { repositories: [], images: [], infra: [] },
        environments: [
          {
            name: 'dev',
            database: { file: join(folder, 'data/{component}.duckdb') },
          },
          { name: 'production' },
        ],
      }),
      config: {
        plans: { atOnce: 1, memoryBytes: 1024 * 1024 * 1024, seconds: 60 },
        temporaryRoot: folder,
      },
      turns: counted,
      command: require.resolve('dojo-portal-cli/bin/dojo'),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (known?: DatabaseFacts, environment = 'dev') =>
    reader.readDatabase(target, environment, known, signal);
  const migrated = () =>
    runSql(
      path,
      `${tables}
       INSERT INTO applied_migrations VALUES
         ('0002_tags.sql', TIMESTAMP '2026-11-29 12:00:01.5'), ('0001_core', TIMESTAMP '2026-11-29 12:00:00'), ('0010_more', NULL);
       INSERT INTO applied_migrations_meta VALUES ('0001_core', 'c', 't', 12.5, 'v1.5.5', 'dojo', '${planHash}', NULL, NULL);`,
    );

  it('tells the level, and when what was applied, by which plan; what did not change is not read again', async () => {
    migrated();
    const facts = await read();
    expect(facts).toEqual({
      level: { kind: 'level', at: '0010_more' },
      applied: [
        {
          id: '0001_core',
          at: '2026-11-29T12:00:00.000Z',
          planHash,
          durationMs: 12.5,
        },
        { id: '0002_tags', at: '2026-11-29T12:00:01.500Z' },
      ],
      restores: [],
      key: expect.any(String),
    });
    expect(await read(facts)).toBe(facts);
    expect(children).toBe(1);
    runSql(
      path,
      "INSERT INTO applied_migrations VALUES ('0011_x', now()::TIMESTAMP);",
    );
    expect((await read(facts)).level).toEqual({ kind: 'level', at: '0011_x' });
    expect(children).toBe(2);
  });

  it('does not know one that another process holds, keeps its history, and tries it once more before it changes', async () => {
    migrated();
    const before = await read();
    const hold = await holdDatabase(path, 'write');
    try {
      const facts = await read({ ...before, key: 'of another time' });
      expect(facts).toMatchObject({
        level: { kind: 'unknown', source: 'database:dev' },
        applied: before.applied,
      });
      const tried = children;
      const again = await read(facts);
      expect(again).toMatchObject({ applied: before.applied });
      expect(children).toBe(tried + 1);
      expect(await read(again)).toBe(again);
      expect(children).toBe(tried + 1);
    } finally {
      await hold.release();
    }
  });

  it('waits for no run of the portal, and comes again after it', async () => {
    migrated();
    let end = () => {};
    const run = turns.run(
      { database: path, display: 'it', what: 'a migration', signal },
      () =>
        new Promise<void>(resolve => {
          end = resolve;
        }),
    );
    await new Promise(setImmediate);
    const facts = await read();
    expect(facts.level.kind).toBe('unknown');
    expect(facts.key).toBeUndefined();
    end();
    await run;
    expect((await read(facts)).level).toEqual({
      kind: 'level',
      at: '0010_more',
    });
  });

  it('is empty without a file, and not known without our table or without a database that is configured', async () => {
    const empty = await read();
    expect(empty).toMatchObject({ level: { kind: 'level', at: 'empty' } });
    // Of a thousand components most have none.
    expect(children).toBe(0);
    expect(await read(empty)).toBe(empty);
    runSql(path, 'CREATE TABLE account(id INTEGER);');
    expect((await read(empty)).level).toEqual({
      kind: 'unknown',
      source: 'database:dev',
    });
    const none = await read(undefined, 'production');
    expect(none.level).toEqual({
      kind: 'unknown',
      source: 'database:production',
    });
    expect(await read(none, 'production')).toBe(none);
  });
});
