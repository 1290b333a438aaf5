import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql':
    'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER, total INTEGER);\nINSERT INTO t SELECT range, range, 0 FROM range(10);\n',
  'caches/total.sql':
    '-- dojo:assert SELECT count(*) = 0 FROM t WHERE total IS DISTINCT FROM a\nUPDATE t SET total = a;\n',
};

describe('migrate', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture(core);
  });
  afterEach(() => fixture.remove());

  const totals = async () =>
    (await fixture.query('SELECT sum(total) FROM t'))[0][0];

  describe('with caches', () => {
    it('rebuilds them after a change, and not without one', async () => {
      const first = await fixture.migrate();
      expect(first.plan.shows.rehearsal?.statements.at(-1)).toMatchObject({
        id: 'caches/total',
        verb: 'UPDATE',
        rows: 10,
      });
      expect(await totals()).toBe('45');
      await fixture.query('UPDATE t SET total = 0');
      expect(await fixture.migrate()).toMatchObject({
        outcome: 'already-migrated',
      });
      expect(await totals()).toBe('0');
    });

    it('leaves them as they are where that is asked for', async () => {
      await fixture.migrate({ skipCacheRebuild: true });
      expect(await totals()).toBe('0');
    });

    it('rebuilds them by themselves, with a backup', async () => {
      await fixture.migrate({ skipCacheRebuild: true });
      const result = await fixture.migrate({ operation: 'rebuild-caches' });
      expect(result).toMatchObject({
        outcome: 'caches-rebuilt',
        applied: [],
        backup: expect.stringMatching(/-0001$/),
      });
      expect(await totals()).toBe('45');
      expect(await fixture.check()).toMatchObject({ outcome: 'current' });
    });

    it('changes nothing where a rebuild fails its assert', async () => {
      await fixture.migrate();
      fixture.write({
        'caches/total.sql':
          '-- dojo:assert SELECT false\nUPDATE t SET total = 1;\n',
      });
      const before = fixture.bytes();
      await expect(
        fixture.migrate({ operation: 'rebuild-caches' }),
      ).rejects.toMatchObject({ code: 'MIGRATION_ASSERT_FAILED' });
      expect(fixture.bytes()).toEqual(before);
    });
  });

  describe('with order ddl-first', () => {
    it('runs all DDL, then all else, and records each file', async () => {
      await fixture.migrate();
      fixture.write({
        '0002_fill.sql': 'UPDATE t SET b = 1;\n',
        '0003_column.sql':
          'ALTER TABLE t ADD COLUMN b INTEGER;\nUPDATE t SET b = b + 1;\n',
      });
      await expect(fixture.migrate()).rejects.toMatchObject({
        message: expect.stringMatching(/^0002_fill\.sql:1: /),
      });
      const result = await fixture.migrate({ order: 'ddl-first' });
      expect(result.applied).toEqual(['0002_fill', '0003_column']);
      expect(
        result.plan.shows.rehearsal?.statements.map(({ verb }) => verb),
      ).toEqual(['ALTER TABLE', 'UPDATE', 'UPDATE', 'UPDATE']);
      expect(await fixture.query('SELECT DISTINCT b FROM t')).toEqual([[2]]);
      expect(await fixture.check()).toMatchObject({ outcome: 'current' });
    });
  });
});
