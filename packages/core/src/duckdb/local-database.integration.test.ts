import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseFixture } from './__testUtils__/database-fixture';
import { readMigrations } from '../migrate/files/read-migrations';
import type {
  HeldDatabase,
  MigrationWork,
  PreparedDatabase,
} from '../migrate/ports';
import { createFolderSource } from '../local/folder-source';
import { createDatabaseHolder } from './create-database-holder';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql':
    'CREATE SEQUENCE s;\nCREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\nINSERT INTO t SELECT range, range FROM range(100);\n',
};
const long = {
  '0002_long.sql':
    'CREATE TABLE big AS\nSELECT a.range AS x FROM range(1000000) a, range(1000000) b WHERE a.range + b.range < 0;\n',
};
const { signal } = new AbortController();

describe('LocalDatabase', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture(core);
  });
  afterEach(() => fixture.remove());

  const hold = (access: 'read' | 'write') =>
    createDatabaseHolder().hold(
      { database: fixture.database, access, storageVersion: 'v1.0.0' },
      signal,
    );
  const workOf = async (
    transaction: 'one' | 'statement',
    first = 0,
  ): Promise<MigrationWork> => {
    const source = createFolderSource(fixture.migrations);
    const { set } = readMigrations(await source.read(signal), source.display);
    return {
      set,
      pending: set.migrations.slice(first).map(file => ({ file, transaction })),
      caches: [],
      order: 'file',
      planHash: 'f'.repeat(64),
      isExplained: true,
    };
  };
  const prepare = async (held: HeldDatabase, work: MigrationWork) => {
    await held.readState(work.set, signal);
    return held.prepare(work, {
      signal,
      log: line => fixture.lines.push(line),
    });
  };

  /** As a run settles its effects where there is a database, and where there is none. */
  const publish = async (prepared: PreparedDatabase) => {
    const exists = existsSync(fixture.database);
    const backup = exists ? await prepared.nameBackup(new Date()) : undefined;
    if (backup !== undefined) await prepared.keep(backup);
    await prepared.replace({ backup, keepBackups: 1 });
  };

  describe('when the SQL puts a view in the place of a table that we read', () => {
    it.each(['applied_migrations', 'applied_migrations_meta'])(
      'refuses it, whatever lint saw: %s',
      async name => {
        await fixture.migrate();
        const secret = join(fixture.folder, 'secret.txt');
        writeFileSync(secret, 'TOP-SECRET');
        const view = `CREATE OR REPLACE MACRO read_text(f) AS TABLE SELECT 'x' AS content;
          CREATE VIEW w AS SELECT content AS id FROM read_text('${secret}');
          DROP MACRO TABLE read_text; DROP TABLE ${name}; ALTER VIEW w RENAME TO ${name};`;
        fixture.write({ '0002_view.sql': view });
        const before = fixture.bytes();
        const held = await hold('write');
        try {
          const options = { signal, log: () => {} };
          await expect(
            held.prepare(await workOf('statement', 1), options),
          ).rejects.toMatchObject({
            code: 'DATABASE_APPLIED_TABLE_FOREIGN',
            message: `${name} of ${fixture.database} is a view, and only a table tells what is applied`,
          });
        } finally {
          await held.release();
        }
        expect(fixture.bytes()).toEqual(before);
      },
    );
  });

  describe('when it is cancelled', () => {
    it('ends at once, and leaves database and folder as they were', async () => {
      await fixture.migrate();
      fixture.write(long);
      const before = fixture.bytes();
      const controller = new AbortController();
      const running = fixture.migrate(
        {},
        {
          signal: controller.signal,
          heartbeat: 20,
          log: line => {
            if (/0002_long\.sql:1 CREATE TABLE: still at it/.test(line)) {
              controller.abort(new Error('cancelled by a test'));
            }
          },
        },
      );
      await expect(running).rejects.toThrow('cancelled by a test');
      expect(fixture.bytes()).toEqual(before);
    });

    it('waits for no turn either', async () => {
      const held = await hold('write');
      await expect(
        fixture.migrate({}, { signal: AbortSignal.timeout(50) }),
      ).rejects.toMatchObject({ name: 'TimeoutError' });
      await held.release();
      expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
    });
  });

  describe('when a statement takes long', () => {
    it('says since when, and how large the copy is', async () => {
      fixture.write({
        '0002_slow.sql':
          'CREATE TABLE u AS SELECT count(*) AS n FROM range(60000) a, range(60000) b;\n',
      });
      await fixture.migrate({}, { heartbeat: 10 });
      expect(fixture.lines).toContainEqual(
        expect.stringMatching(
          /^0002_slow\.sql:1 CREATE TABLE: still at it after \d+ s, the copy has \d+\.\d MB$/,
        ),
      );
    });
  });

  describe('when DuckDB cannot do a file in the one transaction it was planned in', () => {
    it('runs all anew, that file a statement per transaction', async () => {
      await fixture.migrate();
      fixture.write({
        '0002_ids.sql': "INSERT INTO t SELECT 1000 + nextval('s'), 0;\n",
        '0003_mix.sql':
          "UPDATE t SET a = a + 1;\nINSERT INTO t SELECT 1000 + nextval('s'), 0;\nALTER TABLE t ADD COLUMN b INTEGER;\n",
      });
      const held = await hold('write');
      try {
        const prepared = await prepare(held, await workOf('one', 1));
        expect(prepared.rehearsal.split).toEqual(['0003_mix']);
        expect(prepared.rehearsal.statements.map(({ id }) => id)).toEqual([
          '0002_ids',
          '0003_mix',
          '0003_mix',
          '0003_mix',
        ]);
        await publish(prepared);
      } finally {
        await held.release();
      }
      // As if the first try had never been: sequences are not rolled back.
      expect(await fixture.query('SELECT id FROM t WHERE id > 999')).toEqual([
        ['1001'],
        ['1002'],
      ]);
    });
  });

  describe('when runs have died', () => {
    const folderOf = (host: string, pid: number) =>
      join(fixture.data, `.ledger.duckdb.dojo-${host}-${pid}-Ab12Cd`);
    const leave = (path: string) => {
      mkdirSync(path);
      writeFileSync(join(path, 'ledger.duckdb'), 'half a copy');
    };
    const here = hostname()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 63);
    const deadPid = 4_190_000;

    it('removes what they left, and nothing of one that lives', async () => {
      await fixture.migrate();
      const living = folderOf(here, process.ppid);
      leave(folderOf(here, deadPid));
      leave(folderOf('otherhost', 7));
      leave(living);

      expect(await fixture.migrate()).toMatchObject({
        outcome: 'already-migrated',
      });
      expect(fixture.names()).toEqual([
        `.ledger.duckdb.dojo-${here}-${process.ppid}-Ab12Cd`,
        'ledger.duckdb',
      ]);
    });

    it('leaves a reader what it cannot be sure of', async () => {
      await fixture.migrate();
      leave(folderOf('otherhost', 7));
      await fixture.migrate({}, { dryRun: true });
      expect(fixture.names()).toHaveLength(2);
    });
  });

  describe('when somebody else makes the database meanwhile', () => {
    it('leaves theirs, and says so', async () => {
      const held = await hold('write');
      try {
        const prepared = await prepare(held, await workOf('one'));
        writeFileSync(fixture.database, 'theirs');
        await expect(
          prepared.replace({ backup: undefined, keepBackups: 1 }),
        ).rejects.toMatchObject({ code: 'DATABASE_CHANGED', kind: 'conflict' });
        await prepared.discard();
      } finally {
        await held.release();
      }
      expect(fixture.names()).toEqual(['ledger.duckdb']);
    });
  });

  describe('when somebody else replaces the database meanwhile', () => {
    it('leaves theirs, and says so', async () => {
      await fixture.migrate();
      fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      const held = await hold('write');
      try {
        const prepared = await prepare(held, await workOf('one', 1));
        writeFileSync(`${fixture.database}.new`, 'theirs');
        renameSync(`${fixture.database}.new`, fixture.database);
        await expect(publish(prepared)).rejects.toMatchObject({
          code: 'DATABASE_CHANGED',
        });
        await prepared.discard();
      } finally {
        await held.release();
      }
      expect(fixture.names()).toEqual(['ledger.duckdb']);
      expect(readFileSync(fixture.database, 'utf8')).toBe('theirs');
    });
  });

  describe('when the database cannot be replaced', () => {
    it('leaves it, and no backup', async () => {
      await fixture.migrate();
      fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      const before = fixture.bytes();
      const held = await hold('write');
      try {
        const prepared = await prepare(held, await workOf('one', 1));
        const copy = fixture.names().find(name => name.startsWith('.'))!;
        rmSync(join(fixture.data, copy), { recursive: true });
        await expect(publish(prepared)).rejects.toMatchObject({
          code: 'DATABASE_NOT_REPLACEABLE',
        });
        expect(await prepared.isReplaced()).toBe(false);
      } finally {
        await held.release();
      }
      expect(fixture.bytes()).toEqual(before);
    });
  });

  describe('when it is stopped between backup and replacement', () => {
    it('leaves the database, and no backup', async () => {
      await fixture.migrate();
      fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      const before = fixture.bytes();
      const stop = new AbortController();
      await expect(
        fixture.migrate(
          {},
          {
            signal: stop.signal,
            onOutcome: ({ key }) => {
              if (key.startsWith('backup ')) stop.abort(new Error('stopped'));
            },
          },
        ),
      ).rejects.toThrow('stopped');
      expect(fixture.bytes()).toEqual(before);
    });
  });

  it('keeps the mode of the database', async () => {
    await fixture.migrate();
    chmodSync(fixture.database, 0o640);
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    await fixture.migrate();
    expect(statSync(fixture.database).mode & 0o777).toBe(0o640);
  });

  it('writes a new database for the oldest DuckDB that was asked for', async () => {
    await fixture.migrate({ storageVersion: 'v1.2.0' });
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    expect((await fixture.migrate()).plan.shows.database?.storage).toBe(65);
  });

  it('lets the SQL reach no file', async () => {
    fixture.write({ '0001_core.sql': 'CREATE TABLE t(a INTEGER);\n' });
    const held = await hold('write');
    const reach = join(fixture.folder, 'out.csv');
    const attempts = [
      `COPY t TO '${reach}'`,
      `ATTACH '${reach}' AS other`,
      'SET enable_external_access = true',
      'INSTALL httpfs',
      `EXPORT DATABASE '${fixture.folder}/out'`,
      `CREATE TABLE u AS SELECT * FROM read_text('/etc/hostname')`,
      `SET temp_directory = '${fixture.folder}'`,
      "SET memory_limit = '100TB'",
      "SET allowed_configs = ['memory_limit']",
    ];
    const work = await workOf('one');
    const [first] = work.pending;
    try {
      await held.readState(work.set, signal);
      for (const text of attempts) {
        const statements = [
          ...first.file.statements,
          { text, line: 2, verb: 'X', kind: 'other' as const },
        ];
        await expect(
          held.prepare(
            {
              ...work,
              pending: [{ ...first, file: { ...first.file, statements } }],
            },
            { signal, log: () => undefined },
          ),
        ).rejects.toMatchObject({
          code: 'MIGRATION_STATEMENT_FAILED',
          message: expect.stringMatching(/^0001_core\.sql:2: X failed: /),
        });
      }
    } finally {
      await held.release();
    }
    expect(fixture.names()).toEqual([]);
  });
});
