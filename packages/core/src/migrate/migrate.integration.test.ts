import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql':
    'CREATE TABLE accounts(id BIGINT PRIMARY KEY, name VARCHAR NOT NULL, current_balance_minor BIGINT);\n',
  '0002_seed.sql':
    "-- dojo:assert SELECT count(*) = 2 FROM accounts\nINSERT INTO accounts VALUES (1, 'cash', 0), (2, 'bank', 0);\n",
};
const later = {
  '0003_defaults.sql':
    'ALTER TABLE accounts ADD COLUMN created TIMESTAMP DEFAULT now();\n',
};

describe('migrate', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture(core);
  });
  afterEach(() => fixture.remove());

  describe('when there is no database', () => {
    it('makes one, at the head', async () => {
      const result = await fixture.migrate();

      expect(result).toMatchObject({
        outcome: 'migrated',
        to: '0002_seed',
        applied: ['0001_core', '0002_seed'],
        effects: [{ kind: 'done', key: `database ${fixture.database}` }],
      });
      expect(result.from).toBeUndefined();
      expect(result.backup).toBeUndefined();
      expect(fixture.names()).toEqual(['ledger.duckdb']);
      expect(
        await fixture.query('SELECT id FROM applied_migrations ORDER BY id'),
      ).toEqual([['0001_core'], ['0002_seed']]);
      expect(await fixture.query('SELECT count(*) FROM accounts')).toEqual([
        ['2'],
      ]);
    });

    it('makes nothing in a dry run, and tells what would be', async () => {
      const result = await fixture.migrate({}, { dryRun: true });

      expect(result).toMatchObject({
        outcome: 'planned',
        applied: [],
        effects: [],
      });
      expect(result.plan.shows.rehearsal?.statements).toMatchObject([
        { id: '0001_core', line: 1, verb: 'CREATE TABLE' },
        { id: '0002_seed', line: 2, verb: 'INSERT', rows: 2 },
      ]);
      expect(fixture.names()).toEqual([]);
    });
  });

  describe('when a file does not parse', () => {
    const bad = { '0003_bad.sql': 'SELECT 1;\nSELEC 2;\n' };
    const syntax = {
      code: 'SQL_SYNTAX',
      file: '0003_bad.sql',
      line: 2,
      message: expect.stringContaining('syntax error at or near "SELEC"'),
    };

    it('shows it in a plan without rehearsal', async () => {
      fixture.write(bad);
      const { plan } = await fixture.migrate(
        {},
        { dryRun: true, rehearse: false },
      );
      expect(plan.shows.findings).toMatchObject([syntax]);
      expect(plan.shows.reason).toBe(
        'Nothing runs: 1 error must be corrected first.',
      );
    });

    it('shows it in a check, of the folder and of a database', async () => {
      await fixture.migrate();
      fixture.write(bad);
      const refused = { outcome: 'refused', findings: [syntax] };
      expect(await fixture.check()).toMatchObject(refused);
      expect(await fixture.check({})).toMatchObject(refused);
    });

    it('lets the caches be rebuilt all the same', async () => {
      fixture.write({ 'caches/c.sql': 'SELECT 1;\n' });
      await fixture.migrate();
      fixture.write(bad);
      const { plan } = await fixture.migrate(
        { operation: 'rebuild-caches' },
        { dryRun: true, rehearse: false },
      );
      expect(plan.shows.findings).toEqual([]);
    });
  });

  describe('when migrations are pending', () => {
    beforeEach(async () => {
      await fixture.migrate();
      fixture.write(later);
    });

    it('applies them, and keeps the database as it was', async () => {
      const result = await fixture.migrate();

      expect(result).toMatchObject({
        outcome: 'migrated',
        from: '0002_seed',
        to: '0003_defaults',
        applied: ['0003_defaults'],
        backup: expect.stringMatching(/^\d{8}T\d{9}Z-0002$/),
      });
      expect(fixture.names()).toEqual([
        'ledger.duckdb',
        `ledger.duckdb.bak.${result.backup}`,
      ]);
      expect(
        await fixture.query('SELECT count(created) FROM accounts'),
      ).toEqual([['2']]);
    });

    it('does nothing the second time', async () => {
      await fixture.migrate();
      const before = fixture.bytes();

      expect(await fixture.migrate()).toMatchObject({
        outcome: 'already-migrated',
        from: '0003_defaults',
        to: '0003_defaults',
        applied: [],
        effects: [],
      });
      expect(fixture.bytes()).toEqual(before);
    });

    it('migrates once however many run at once', async () => {
      const results = await Promise.all(
        [1, 2, 3, 4].map(() => fixture.migrate()),
      );

      expect(results.map(({ outcome }) => outcome).sort()).toEqual([
        'already-migrated',
        'already-migrated',
        'already-migrated',
        'migrated',
      ]);
      expect(fixture.names()).toHaveLength(2);
    });

    it('does what was reviewed, and nothing else', async () => {
      const reviewed = await fixture.migrate({}, { dryRun: true });
      fixture.write({ '0004_more.sql': 'CREATE TABLE more(a INTEGER);\n' });
      const before = fixture.bytes();

      await expect(
        fixture.migrate({}, { planHash: reviewed.planHash }),
      ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
      expect(fixture.bytes()).toEqual(before);
    });

    it('says so where an earlier run has finished the reviewed plan', async () => {
      const { planHash } = await fixture.migrate({}, { dryRun: true });
      await fixture.migrate({}, { planHash });
      fixture.write({ '0004_more.sql': 'CREATE TABLE more(a INTEGER);\n' });

      expect(await fixture.migrate({}, { planHash })).toMatchObject({
        outcome: 'already-migrated',
        to: '0003_defaults',
        applied: [],
      });
    });
  });
});
