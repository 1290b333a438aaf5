import { migrationCheckSchema, parseInput } from 'backstage-plugin-dojo-common';
import { nodeDuckdb } from 'dojo-testing';
import { DatabaseFolder } from '../__testUtils__/database-folder';
import { databasePerTest } from '../__testUtils__/database-per-test';
import { resultOf } from '../__testUtils__/result-of';

const first = {
  '0001_core.sql':
    'CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);\nCREATE TABLE sums (a BIGINT);\nINSERT INTO t VALUES (1, 1), (2, 2);\n',
};
const second = { '0002_more.sql': 'INSERT INTO t VALUES (3, 3), (4, 4);' };
const cache = 'DELETE FROM sums;\nINSERT INTO sums SELECT sum(a) FROM t;';

jest.setTimeout(60_000);

describe('dojo migrate', () => {
  let database: DatabaseFolder;
  databasePerTest(
    async base => {
      base.write(first);
      base.writeCache('sums.sql', cache);
      await base.prepare();
      base.writeWal('INSERT INTO t VALUES (10, 10)');
      base.write(second);
    },
    copy => {
      database = copy;
    },
  );

  const ask = (query: string) => {
    const [answer] = nodeDuckdb.read([database.file], [query]);
    return 'texts' in answer ? answer.texts[0] : answer.error;
  };
  const backups = () =>
    Object.keys(database.files()).filter(name => name.includes('.bak.'));

  it('migrates, keeps a backup, rebuilds the caches, and then has nothing to do', async () => {
    const run = await database.migrate(['--json']);
    expect(run.code).toBe(0);
    const result = resultOf(run);
    expect(result).toMatchObject({
      outcome: 'migrated',
      from: '0001_core',
      to: '0002_more',
      applied: ['0002_more'],
      effects: [{ kind: 'done' }, { kind: 'done' }],
    });
    expect(run.stderr).toContain('0002_more');
    expect(backups()).toEqual([`l.duckdb.bak.${result.backup}`]);
    expect(Object.keys(database.files())).toHaveLength(2);
    expect(ask('SELECT sum(a) FROM sums')).toBe('20');

    const after = database.files();
    const again = await database.migrate();
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('Nothing to migrate: at 0002_more');
    expect(database.files()).toEqual(after);
  });

  it.each(['--check', '--dry-run', '--dry-run --no-rehearsal'])(
    'changes no byte of database, WAL and folder with %s',
    async flags => {
      const before = database.files();
      for (const form of [[], ['--json']]) {
        const run = await database.migrate([...flags.split(' '), ...form]);
        expect(run).toMatchObject({ code: 0 });
        expect(run.stdout).toContain('0002_more');
        expect(database.files()).toEqual(before);
      }
    },
  );

  it('makes no database with a dry run or a check', async () => {
    const empty = new DatabaseFolder();
    empty.write(first);
    try {
      expect(await empty.migrate(['--dry-run'])).toMatchObject({ code: 0 });
      expect(await empty.migrate(['--check'])).toMatchObject({ code: 0 });
      expect(empty.files()).toEqual({});
    } finally {
      empty.dispose();
    }
  });

  it('shows in a dry run what the rehearsal did', async () => {
    const { stdout } = await database.migrate(['--dry-run']);
    expect(stdout).toMatch(
      /Rehearsed on a private copy in .*: needs .* beside the database/,
    );
    expect(stdout).toMatch(/0002_more\.sql:1 +INSERT +2 +\d/);
    expect(stdout).toMatch(/caches\/sums\.sql:2 +INSERT +1 +\d/);
    const bare = await database.migrate(['--dry-run', '--no-rehearsal']);
    expect(bare.stdout).not.toContain('Rehearsed');
  });

  it('lists all that is wrong in a dry run that rehearses nothing', async () => {
    database.write({
      '0003_commit.sql': 'COMMIT;',
      '0004_files.sql': "COPY t TO 'x.csv';",
    });
    const before = database.files();
    const run = await database.migrate(['--dry-run', '--no-rehearsal']);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('error: 0003_commit.sql:1');
    expect(run.stdout).toContain('error: 0004_files.sql:1');
    expect(database.files()).toEqual(before);
  });

  it('does what was reviewed, or refuses', async () => {
    const { planHash } = resultOf(
      await database.migrate(['--dry-run', '--json']),
    );
    const other = await database.migrate(['--plan-hash', 'f'.repeat(64)]);
    expect(other.code).toBe(4);
    expect(other.stderr).toContain('PLAN_CHANGED');
    const run = await database.migrate(['--plan-hash', planHash, '--json']);
    expect(resultOf(run)).toMatchObject({ outcome: 'migrated', planHash });
    // A run that lost its reply asks for the same again.
    const again = await database.migrate(['--plan-hash', planHash]);
    expect(again).toMatchObject({ code: 0 });
  });

  it.each([
    [['--skip-cache-rebuild'], {}],
    [[], { DOJO_SKIP_CACHE_REBUILD: '1' }],
    [[], { DOJO_SKIP_CACHE_REBUILD: 'true' }],
  ])(
    'leaves the caches as they are with %j and %j, for dojo rebuild-caches',
    async (flags, env) => {
      const run = await database.migrate(flags, { env });
      expect(run).toMatchObject({ code: 0 });
      expect(ask('SELECT sum(a) FROM sums')).toBe('3');
      const args = ['--migrations', database.migrations];
      const rebuilt = await database.run('rebuild-caches', args);
      expect(rebuilt).toMatchObject({ code: 0 });
      expect(rebuilt.stdout).toContain('Caches rebuilt at 0002_more');
      expect(ask('SELECT sum(a) FROM sums')).toBe('20');
    },
  );

  it('keeps as many backups as it is told to', async () => {
    for (let number = 2; number < 6; number++) {
      database.write({ [`000${number}_more.sql`]: 'SELECT 1;' });
      const run = await database.migrate(['--keep-backups', '2']);
      expect(run).toMatchObject({ code: 0 });
    }
    expect(backups()).toHaveLength(2);
  });

  it('makes a database that DuckDB 1.0 opens, or one for a newer DuckDB', async () => {
    for (const [flags, storage] of [
      [[], 64],
      [['--storage-version', 'v1.4.0'], 67],
    ] as const) {
      const made = new DatabaseFolder();
      made.write(first);
      try {
        const run = await made.migrate(flags);
        expect(run).toMatchObject({ code: 0 });
        const plan = resultOf(await made.migrate(['--dry-run', '--json']));
        expect(plan.plan.shows.database?.storage).toBe(storage);
      } finally {
        made.dispose();
      }
    }
  });

  it('runs all pending DDL before all pending DML where it is told to', async () => {
    database.write({
      '0003_table.sql': 'CREATE TABLE more (id BIGINT);',
    });
    const run = await database.migrate(['--order', 'ddl-first', '--json']);
    expect(run).toMatchObject({ code: 0 });
    const { rehearsal } = resultOf(run).plan.shows;
    expect(rehearsal?.statements.map(({ id }) => id)).toEqual([
      '0003_table',
      '0002_more',
      'caches/sums',
      'caches/sums',
    ]);
  });

  describe('--check', () => {
    it('tells current from pending, and with --current refuses the second', async () => {
      const pending = await database.migrate(['--check', '--json']);
      expect(pending.code).toBe(0);
      expect(
        parseInput(
          migrationCheckSchema.strict(),
          JSON.parse(pending.stdout),
          'check',
        ),
      ).toMatchObject({ outcome: 'pending', pending: ['0002_more'] });
      const strict = await database.migrate(['--check', '--current']);
      expect(strict.code).toBe(3);
      expect(strict.stdout).toContain('0002_more');
      await database.migrate();
      const current = await database.migrate(['--check', '--current']);
      expect(current.code).toBe(0);
      expect(current.stdout).toContain('is at 0002_more (2 applied)');
    });

    it('checks a folder alone, and finds all that is wrong with it at once', async () => {
      database.write({
        '0004_gap.sql': 'COMMIT;',
        '0005_files.sql': "COPY t TO 'x.csv';",
      });
      const run = await database.run('migrate', [
        '--check',
        ...['--migrations', database.migrations],
      ]);
      expect(run.code).toBe(3);
      for (const part of [
        'error: 0004_gap.sql',
        '0004_gap.sql:1',
        '0005_files.sql:1',
        'MIGRATION_GAP',
        'LINT_EMBEDDED_TRANSACTION',
        'LINT_FILE_ACCESS',
      ]) {
        expect(run.stdout).toContain(part);
      }
    });
  });

  describe('when it is stopped', () => {
    it('changes nothing', async () => {
      database.write({
        '0003_long.sql':
          'CREATE TABLE long AS SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b;',
      });
      const before = database.files();
      const controller = new AbortController();
      const run = await database.migrate([], {
        signal: controller.signal,
        onStderr: text => {
          // The next one is running, or about to.
          if (/0002_more \d of \d: /.test(text)) controller.abort();
        },
      });
      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/^stopped; everything is as it was$/m);
      expect(database.files()).toEqual(before);
    });
  });
});
