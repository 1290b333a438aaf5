import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import { openWriter } from '../duckdb/__testUtils__/database-writer';
import { createDatabaseHolder } from '../duckdb/create-database-holder';
import { createSqlParser } from '../duckdb/create-sql-parser';
import { replaySchema } from '../duckdb/schema/replay-schema';
import { createFolderSource } from '../local/folder-source';
import { checkMigrations } from './check';
import { migrate } from './migrate';
import type { MigrationPorts } from './ports';
import { setOf } from './__testUtils__/sql-files';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const mark = '-- of a file';
const core = { '0001_core.sql': `CREATE TABLE t(a INTEGER);${mark}\n` };
const more = {
  '0002_more.sql': `CREATE TABLE u(a INTEGER); DELETE FROM t;${mark}\n`,
};
/** As an application does that applied it by itself. */
const byHand =
  "CREATE TABLE t(a INTEGER); CREATE TABLE applied_migrations(id VARCHAR); INSERT INTO applied_migrations VALUES ('0001_core')";

describe('migrate', () => {
  let fixture: DatabaseFixture;
  let events: string[];
  beforeEach(async () => {
    fixture = new DatabaseFixture({ ...core, ...more });
    await fixture.query(byHand);
    events = [];
    const { decode } = TextDecoder.prototype;
    jest
      .spyOn(TextDecoder.prototype, 'decode')
      .mockImplementation(function reading(this: TextDecoder, ...args) {
        const text = decode.apply(this, args);
        if (text.includes(mark)) events.push('lex');
        return text;
      });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    fixture.remove();
  });

  /** The ports, which tell what is done when. */
  const told = (onJudge?: () => Promise<void>): MigrationPorts => {
    const databases = createDatabaseHolder();
    const parser = createSqlParser();
    return {
      clock: { now: () => new Date() },
      source: createFolderSource(fixture.migrations),
      parser: {
        findSyntaxErrors: (...args) => {
          events.push('parse');
          return parser.findSyntaxErrors(...args);
        },
      },
      databases: {
        readWrittenSince: (...args) => databases.readWrittenSince(...args),
        hold: async (...args) => {
          const held = await databases.hold(...args);
          events.push('hold');
          return Object.assign(Object.create(held), {
            readState: async (...of: Parameters<typeof held.readState>) => {
              const read = await held.readState(...of);
              const { judge } = read;
              return {
                ...read,
                judge:
                  judge &&
                  (async (...limits: Parameters<typeof judge>) => {
                    events.push('judge');
                    await onJudge?.();
                    return judge(...limits);
                  }),
              };
            },
            prepare: (...of: Parameters<typeof held.prepare>) => {
              events.push('prepare');
              return held.prepare(...of);
            },
            readContents: held.readContents.bind(held),
            prepareBackup: held.prepareBackup.bind(held),
            release: async () => {
              await held.release();
              if (events.at(-1) !== 'release') events.push('release');
            },
          });
        },
      },
    };
  };
  const request = () => ({
    database: fixture.database,
    operation: 'migrate' as const,
    order: 'file' as const,
    keepBackups: 3,
    skipCacheRebuild: false,
    storageVersion: 'v1.0.0' as const,
  });
  /** What of these was done while the database was held. */
  const whileHeld = () => {
    let isHeld = false;
    return events.filter(event => {
      if (event === 'hold') isHeld = true;
      if (event === 'release') isHeld = false;
      return isHeld && ['lex', 'judge', 'parse'].includes(event);
    });
  };

  it.each([
    ['a plan', { dryRun: true, rehearse: false }],
    ['a rehearsal', { dryRun: true }],
    ['a run', {}],
  ])(
    'reads, judges and parses nothing while %s holds the database',
    async (_, options) => {
      const result = await migrate(request(), told(), { signal, ...options });
      expect(result.plan.decides.migrations).toHaveLength(1);
      expect(result.plan.shows.findings).toEqual([]);
      expect(events).toEqual(expect.arrayContaining(['lex', 'judge', 'hold']));
      expect(whileHeld()).toEqual([]);
    },
  );

  it('neither does a check', async () => {
    const database = fixture.database;
    const check = await checkMigrations({ database }, told(), { signal });
    expect(check).toMatchObject({ outcome: 'pending', findings: [] });
    expect(events).toEqual(expect.arrayContaining(['lex', 'judge', 'parse']));
    expect(whileHeld()).toEqual([]);
  });

  it('keeps no writer waiting while a plan runs what is applied again', async () => {
    const write = async () => {
      const writer = await openWriter(fixture.database, [
        'INSERT INTO t VALUES (1)',
      ]);
      await writer.kill();
    };
    const result = await migrate(request(), told(write), {
      signal,
      dryRun: true,
      rehearse: false,
    });
    expect(result.outcome).toBe('planned');
  });

  it('plans again where somebody changed the schema while it was judged', async () => {
    let changes = 0;
    const change = async () => {
      changes += 1;
      if (changes === 1) await fixture.query('CREATE TABLE strange(a INTEGER)');
    };
    await expect(
      migrate(request(), told(change), { signal }),
    ).rejects.toMatchObject({ code: 'SCHEMA_DRIFT' });
    expect(changes).toBe(2);
  });
});

describe('replaySchema', () => {
  const replay = (
    sql: string,
    budget: { milliseconds: number; bytes: number },
  ) =>
    replaySchema(setOf({ '0001_a.sql': sql }).migrations, {
      name: 'a',
      folder: '/nowhere',
      storage: 64,
      signal,
      budget,
    });
  const mebibyte = 1024 * 1024;

  it('gives up what takes longer than it was given', async () => {
    const sql =
      'CREATE TYPE e AS ENUM (SELECT sum(range)::VARCHAR FROM range(1000000000000));';
    await expect(
      replay(sql, { milliseconds: 300, bytes: 100 * mebibyte }),
    ).resolves.toEqual({
      kind: 'impossible',
      why: 'it takes longer than 0.3 s',
    });
  });

  it('gives up what writes more than it was given', async () => {
    const sql = `CREATE TABLE a (h UBIGINT);
      PREPARE p AS INSERT INTO a SELECT hash(range) FROM range(100000000);
      EXECUTE p;`;
    await expect(
      replay(sql, { milliseconds: 50_000, bytes: 4 * mebibyte }),
    ).resolves.toEqual({
      kind: 'impossible',
      why: 'it writes more than 4 MiB',
    });
  });

  it.each(['', 'CALL checkpoint();'])(
    'does not begin a checkpoint that would never end %s',
    async sql => {
      await expect(
        replay(
          `CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER REFERENCES p (id));
           ALTER TABLE c ADD COLUMN x INTEGER; ALTER TABLE p RENAME TO q; ${sql}`,
          { milliseconds: 50_000, bytes: 100 * mebibyte },
        ),
      ).resolves.toEqual({
        kind: 'impossible',
        why: expect.stringMatching(/^0001_a.sql:2: .* leads to p, which is/),
      });
    },
  );
});
