import {
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { asNobody } from '../duckdb/__testUtils__/as-nobody';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import { openWriter } from '../duckdb/__testUtils__/database-writer';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql': 'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\n',
};
const seed = {
  '0002_seed.sql': 'INSERT INTO t SELECT range, range FROM range(10);\n',
};

describe('migrate', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture(core);
  });
  afterEach(() => fixture.remove());

  /** What comes of a run and of a dry run, and whether a byte changed. */
  const attempt = async () => {
    const before = JSON.stringify(fixture.bytes());
    return {
      run: await fixture.migrate().catch(error => error),
      dryRun: await fixture.migrate({}, { dryRun: true }).catch(error => error),
      isUntouched: JSON.stringify(fixture.bytes()) === before,
    };
  };
  const refused = (error: object) => ({
    run: error,
    dryRun: error,
    isUntouched: true,
  });

  describe('when the path is no database', () => {
    it('refuses 0 bytes', async () => {
      writeFileSync(fixture.database, '');
      expect(await attempt()).toMatchObject(
        refused({ code: 'DATABASE_EMPTY' }),
      );
    });

    it('refuses a file of something else', async () => {
      writeFileSync(fixture.database, 'SQLite format 3\0'.repeat(2000));
      expect(await attempt()).toMatchObject(
        refused({ code: 'DATABASE_NOT_DUCKDB' }),
      );
    });

    it('refuses a header that is cut off', async () => {
      await fixture.migrate();
      const whole = readFileSync(fixture.database);
      writeFileSync(fixture.database, whole.subarray(0, 5000));
      fixture.write(seed);
      expect(await attempt()).toMatchObject(
        refused({
          code: 'DATABASE_NOT_DUCKDB',
          message: expect.stringContaining('5000 bytes'),
        }),
      );
    });

    it('refuses a file that is cut off', async () => {
      await fixture.migrate();
      const whole = readFileSync(fixture.database);
      writeFileSync(fixture.database, whole.subarray(0, 20_000));
      fixture.write(seed);
      expect(await attempt()).toMatchObject(
        refused({ code: 'DATABASE_BROKEN' }),
      );
    });

    it('refuses a directory', async () => {
      mkdirSync(fixture.database);
      await expect(fixture.migrate()).rejects.toMatchObject({
        code: 'DATABASE_IS_DIRECTORY',
      });
    });

    it('refuses a folder that does not exist', async () => {
      await expect(
        fixture.migrate({ database: join(fixture.data, 'no/ledger.duckdb') }),
      ).rejects.toMatchObject({
        code: 'DATABASE_FOLDER_MISSING',
        message: expect.stringContaining(join(fixture.data, 'no')),
      });
    });
  });

  describe('when a newer DuckDB wrote it', () => {
    it('names both versions, without opening it', async () => {
      await fixture.migrate();
      const bytes = readFileSync(fixture.database);
      bytes.writeBigUInt64LE(999n, 12);
      bytes.write('v2.0.0\0', 52, 'latin1');
      writeFileSync(fixture.database, bytes);
      expect(await attempt()).toMatchObject(
        refused({
          code: 'DATABASE_STORAGE_UNSUPPORTED',
          message: expect.stringMatching(
            /999, written by DuckDB v2\.0\.0; this is DuckDB v\d+\.\d+\.\d+, which reads 64 to \d+/,
          ),
        }),
      );
    });
  });

  describe('when it is encrypted', () => {
    it('says so, and not that it is broken', async () => {
      await fixture.migrate();
      const bytes = readFileSync(fixture.database);
      // The flag of the header by which DuckDB knows it.
      bytes[20] = 1;
      writeFileSync(fixture.database, bytes);
      const encrypted = {
        code: 'DATABASE_ENCRYPTED',
        message: expect.stringContaining('is encrypted'),
      };
      expect(await attempt()).toMatchObject(refused(encrypted));
      await expect(fixture.check()).rejects.toMatchObject(encrypted);
    });
  });

  describe('when the path is a symbolic link', () => {
    it('migrates the file it leads to, and leaves the link', async () => {
      const link = join(fixture.folder, 'link.duckdb');
      await fixture.migrate();
      symlinkSync(fixture.database, link);
      fixture.write(seed);

      const result = await fixture.migrate({ database: link });

      expect(result.plan.decides.database).toBe(fixture.database);
      expect(await fixture.query('SELECT count(*) FROM t', link)).toEqual([
        ['10'],
      ]);
      expect(fixture.names()).toHaveLength(2);
    });

    it('refuses one that leads nowhere', async () => {
      symlinkSync(join(fixture.folder, 'nothing'), fixture.database);
      await expect(fixture.migrate()).rejects.toMatchObject({
        code: 'DATABASE_LINK_DANGLING',
        message: expect.stringContaining(join(fixture.folder, 'nothing')),
      });
    });
  });

  describe('when its folder is read-only', () => {
    it('says which, before any work', async () => {
      await fixture.migrate();
      fixture.write(seed);
      const before = fixture.bytes();
      await asNobody(fixture, () =>
        expect(fixture.migrate()).rejects.toMatchObject({
          code: 'DATABASE_FOLDER_READ_ONLY',
          kind: 'denied',
          message: expect.stringContaining(fixture.data),
        }),
      );
      expect(fixture.bytes()).toEqual(before);
    });
  });

  describe('when another process has it open', () => {
    it('names the process, and runs once that is gone', async () => {
      await fixture.migrate();
      fixture.write(seed);
      const writer = await openWriter(fixture.database);
      const before = fixture.bytes();
      try {
        expect(await attempt()).toMatchObject(
          refused({
            code: 'DATABASE_LOCKED',
            kind: 'conflict',
            message: expect.stringMatching(
              new RegExp(`node.* \\(PID ${writer.pid}\\)`),
            ),
          }),
        );
        await expect(fixture.check()).rejects.toMatchObject({
          code: 'DATABASE_LOCKED',
        });
      } finally {
        await writer.kill();
      }
      expect(fixture.bytes()).toEqual(before);
      expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
    });

    it('plans beside a reader, and runs only without', async () => {
      await fixture.migrate();
      fixture.write(seed);
      const reader = await openWriter(fixture.database, [], 'read');
      try {
        expect(await fixture.check()).toMatchObject({ outcome: 'pending' });
        expect(await fixture.migrate({}, { dryRun: true })).toMatchObject({
          outcome: 'planned',
        });
        await expect(fixture.migrate()).rejects.toMatchObject({
          code: 'DATABASE_LOCKED',
        });
      } finally {
        await reader.kill();
      }
    });
  });

  describe('when a WAL lies there without its database', () => {
    it('refuses to make a database beside it', async () => {
      writeFileSync(`${fixture.database}.wal`, 'commits');
      expect(await attempt()).toMatchObject(
        refused({ code: 'DATABASE_WAL_ORPHAN' }),
      );
    });
  });

  describe('when a migration fails', () => {
    it.each([
      [
        'a constraint in the middle',
        'INSERT INTO t VALUES (1, 1);\n\nINSERT INTO t\n  VALUES (1, 2);\n',
        {
          code: 'MIGRATION_STATEMENT_FAILED',
          message: expect.stringMatching(
            /^0002_bad\.sql:3: INSERT failed: Constraint Error: /,
          ),
        },
      ],
      [
        'an assert',
        '-- dojo:assert SELECT count(*) = 3 FROM t\nINSERT INTO t VALUES (1, 1);\n',
        {
          code: 'MIGRATION_ASSERT_FAILED',
          message: expect.stringMatching(
            /^0002_bad\.sql line 1 failed its check: it answers false/,
          ),
        },
      ],
      [
        'an assert that finds rows',
        '-- dojo:assert SELECT * FROM range(3)\nINSERT INTO t VALUES (1, 1);\n',
        {
          code: 'MIGRATION_ASSERT_FAILED',
          message: expect.stringMatching(
            /^0002_bad\.sql line 1 failed its check: 3 rows/,
          ),
        },
      ],
      [
        'a statement that DuckDB cannot read',
        'INSERT INTO t VALUES (1, 1);\nSELEC 1;\n',
        { message: expect.stringMatching(/^0002_bad\.sql:2: /) },
      ],
      [
        'a table that is not there',
        'INSERT INTO t VALUES (1, 1);\nINSERT INTO nowhere VALUES (1);\n',
        {
          message: expect.stringMatching(
            /^0002_bad\.sql:2: INSERT failed: Catalog Error/,
          ),
        },
      ],
      [
        'a row whose parent it removed before',
        'CREATE TABLE c(id BIGINT REFERENCES t(id));\nINSERT INTO t VALUES (2, 2);\nDELETE FROM t WHERE id = 2;\nINSERT INTO c VALUES (2);\n',
        {
          message: expect.stringMatching(
            /^0002_bad\.sql:4: INSERT failed: Constraint Error: Violates foreign key/,
          ),
        },
      ],
      [
        'a new type whose values are NULL where none may be',
        'CREATE TABLE u(a INTEGER NOT NULL);\nINSERT INTO u VALUES (1), (2);\nALTER TABLE u\n  ALTER a TYPE BIGINT USING nullif(a, 1);\n',
        {
          code: 'MIGRATION_CONSTRAINT_BROKEN',
          message: expect.stringMatching(
            /^0002_bad\.sql:3: NOT NULL of a of table u does not hold for 1 of its rows afterwards, and DuckDB does not look at it/,
          ),
        },
      ],
      [
        'a foreign key whose table was renamed, at whose checkpoint DuckDB would wait for ever',
        'CREATE TABLE c(id BIGINT REFERENCES t(id));\nALTER TABLE c ADD COLUMN x INTEGER;\nALTER TABLE t RENAME TO u;\n',
        {
          code: 'MIGRATION_CONSTRAINT_BROKEN',
          message: expect.stringMatching(
            /^0002_bad\.sql:3: FOREIGN KEY .* of table c leads to t, which is not there/,
          ),
        },
      ],
      ...(
        [
          ['CHECKPOINT', 'CHECKPOINT;'],
          ['FORCE CHECKPOINT', 'FORCE CHECKPOINT;'],
          ['a call of it', 'CALL checkpoint();'],
          ['a query of it', 'FROM checkpoint();'],
          [
            'a commit that is large enough for one',
            'CREATE TABLE wide AS SELECT range AS a, random() AS b FROM range(3000000);\nUPDATE wide SET a = a + 1;\nCHECKPOINT;',
          ],
        ] as const
      ).map(([what, sql]): [string, string, object] => [
        `the same, and ${what} in the file`,
        `CREATE TABLE c(id BIGINT REFERENCES t(id));\nALTER TABLE c ADD COLUMN x INTEGER;\nALTER TABLE t RENAME TO u;\n${sql}\n`,
        {
          code: 'MIGRATION_CONSTRAINT_BROKEN',
          message: expect.stringMatching(
            /^0002_bad\.sql:3: FOREIGN KEY .* of table c leads to t, which is not there/,
          ),
        },
      ]),
      [
        'a NULL that becomes part of a key',
        'CREATE TABLE u AS SELECT NULL::INTEGER AS a;\nALTER TABLE u ADD PRIMARY KEY (a);\n',
        {
          message: expect.stringMatching(
            /^0002_bad\.sql:2: ALTER TABLE failed: Constraint Error: NOT NULL/,
          ),
        },
      ],
      [
        'a table in a database that is gone after the run',
        'CREATE TABLE memory.main.u(a INTEGER);\n',
        {
          message: expect.stringMatching(
            /^0002_bad\.sql:1: CREATE TABLE failed: Catalog Error: .*memory/,
          ),
        },
      ],
      [
        'a file that it reads',
        "CREATE TABLE u AS SELECT * FROM read_csv('/etc/passwd');\n",
        { message: expect.stringMatching(/^0002_bad\.sql:1: /) },
      ],
    ])('changes nothing, and says where: %s', async (_, sql, expected) => {
      await fixture.migrate();
      fixture.write({ '0002_bad.sql': sql });
      expect(await attempt()).toMatchObject(refused(expected));
    });
  });

  it('says where the database still is, where it was not only tried', async () => {
    await fixture.migrate();
    fixture.write({ '0002_bad.sql': 'INSERT INTO nowhere VALUES (1);\n' });
    const { run, dryRun } = await attempt();
    expect(run.message).toMatch(/\. The database is unchanged, at 0001\.$/);
    expect(dryRun.message).not.toMatch(/unchanged/);
  });

  it('lets a file give the name of a renamed table to another before a checkpoint', async () => {
    await fixture.migrate();
    fixture.write({
      '0002_anew.sql': [
        'CREATE TABLE c(id BIGINT REFERENCES t(id));',
        'ALTER TABLE c ADD COLUMN x INTEGER;',
        'ALTER TABLE t RENAME TO old;',
        'CREATE TABLE t(id BIGINT PRIMARY KEY, a BIGINT);',
        'INSERT INTO t SELECT id, 1 FROM old;',
        'CHECKPOINT;',
        'INSERT INTO c SELECT id, 1 FROM t;',
        '',
      ].join('\n'),
    });
    expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
  });

  describe('when the folder of migrations is not there', () => {
    it('says so, and lets go of the database', async () => {
      await fixture.migrate();
      rmSync(fixture.migrations, { recursive: true });
      await expect(fixture.migrate()).rejects.toMatchObject({
        code: 'MIGRATION_FOLDER_UNREADABLE',
      });
      mkdirSync(fixture.migrations);
      fixture.write(core);
      expect(await fixture.migrate()).toMatchObject({
        outcome: 'already-migrated',
      });
    });
  });
});
