import type {
  ChildNotice,
  MigrationChildRequest,
} from 'backstage-plugin-dojo-common';
import { DatabaseFolder } from '../__testUtils__/database-folder';
import { databasePerTest } from '../__testUtils__/database-per-test';
import { resultOf } from '../__testUtils__/result-of';
import { runDojo } from '../__testUtils__/run-dojo';
import type { RunInput } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

describe('dojo run-request, of a migration', () => {
  let database: DatabaseFolder;
  databasePerTest(
    async base => {
      base.write({
        '0001_core.sql':
          'CREATE TABLE t (id BIGINT PRIMARY KEY);\nINSERT INTO t VALUES (1);\n',
      });
      base.writeCache(
        'total.sql',
        'CREATE OR REPLACE TABLE total AS SELECT count(*) AS n FROM t;\n',
      );
      await base.prepare();
      base.write({ '0002_more.sql': 'INSERT INTO t VALUES (2), (3);\n' });
    },
    copy => {
      database = copy;
    },
  );

  const ask = (
    mode: MigrationChildRequest['mode'],
    wishes: object = {},
    input: RunInput = {},
    more: Partial<MigrationChildRequest> = {},
  ) =>
    runDojo(['run-request'], {
      ...input,
      stdin: JSON.stringify({
        kind: 'migration',
        mode,
        request: { database: database.file, ...wishes },
        migrations: database.migrations,
        ...more,
      }),
    });

  it.each([
    ['plan', ['--dry-run', '--no-rehearsal']],
    ['rehearse', ['--dry-run']],
  ] as const)('answers a request to %s as flags do', async (mode, flags) => {
    const before = database.files();
    const choices = ['--order', 'ddl-first', '--keep-backups', '9'];
    const asked = resultOf(
      await ask(mode, { order: 'ddl-first', keepBackups: 9 }),
    );
    const flagged = resultOf(
      await database.migrate([...flags, ...choices, '--json']),
    );
    expect(asked).toMatchObject({
      outcome: 'planned',
      planHash: flagged.planHash,
      plan: {
        decides: flagged.plan.decides,
        shows: { migrations: flagged.plan.shows.migrations },
      },
    });
    const isRehearsed = [asked, flagged].map(
      ({ plan }) => plan.shows.rehearsal !== undefined,
    );
    expect(isRehearsed).toEqual([mode === 'rehearse', mode === 'rehearse']);
    expect(database.files()).toEqual(before);
  });

  it('runs the plan that was reviewed, and puts its backup back', async () => {
    const { planHash } = resultOf(await ask('plan'));
    const migrated = await ask('run', {}, {}, { planHash });
    expect(migrated.code).toBe(0);
    expect(resultOf(migrated)).toMatchObject({
      outcome: 'migrated',
      to: '0002_more',
      planHash,
    });
    const restored = await ask(
      'run',
      { operation: 'restore' },
      {},
      { migrations: undefined },
    );
    expect(resultOf(restored)).toMatchObject({
      outcome: 'restored',
      to: '0001_core',
    });
  });

  it('rebuilds caches', async () => {
    await database.migrate();
    const run = await ask('run', { operation: 'rebuild-caches' });
    expect(resultOf(run).outcome).toBe('caches-rebuilt');
  });

  it('answers with the error and its exit code, and writes nothing', async () => {
    const before = database.files();
    const run = await ask('run', {}, {}, { planHash: 'a'.repeat(64) });
    expect(run.code).toBe(4);
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: { code: 'PLAN_CHANGED', kind: 'conflict' },
    });
    expect(database.files()).toEqual(before);
  });

  it('answers a plan that nothing would run with all of its errors', async () => {
    database.write({ '0004_gap.sql': 'COMMIT;\n' });
    const run = await ask('plan');
    expect(run.code).toBe(3);
    expect(resultOf(run).plan.shows.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    );
  });

  describe('when a parent listens', () => {
    it('tells it each outcome, and not its log', async () => {
      const notices: ChildNotice[] = [];
      const run = await ask('run', {}, { notify: each => notices.push(each) });
      const { effects } = resultOf(run);
      expect(effects.length).toBeGreaterThan(0);
      expect(notices).toEqual(effects.map(outcome => ({ outcome })));
      expect(run.stderr).toContain('0002_more');
      expect(run.stderr).not.toMatch(/^done: /m);
    });
  });

  describe('when there is no parent', () => {
    it('logs each outcome', async () => {
      const run = await ask('run');
      const { effects } = resultOf(run);
      for (const { kind, key } of effects) {
        expect(run.stderr.split('\n')).toContain(`${kind}: ${key}`);
      }
    });
  });

  describe('when it is stopped', () => {
    it('says what is left, and changes nothing', async () => {
      database.write({
        '0003_long.sql':
          'CREATE TABLE long AS SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b;',
      });
      const before = database.files();
      const controller = new AbortController();
      const run = await ask(
        'run',
        {},
        {
          signal: controller.signal,
          onStderr: text => {
            if (/0002_more \d of \d: /.test(text)) controller.abort();
          },
        },
      );
      expect([run.code, run.stdout]).toEqual([1, '']);
      expect(run.stderr).toMatch(/^stopped; everything is as it was$/m);
      expect(database.files()).toEqual(before);
    });
  });
});
