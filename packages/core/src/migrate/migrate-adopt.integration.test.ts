import { version } from '../../package.json';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';

jest.setTimeout(60_000);

const files = {
  '0001_core.sql': 'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\n',
  '0002_more.sql':
    "CREATE TABLE u(a INTEGER DEFAULT 7);\nCREATE VIEW v AS SELECT a::DATE AS d FROM (SELECT DATE '2026-01-01' AS a UNION ALL SELECT DATE '2026-01-02' UNION ALL SELECT NULL);\n",
};
const next = { '0003_next.sql': 'CREATE INDEX t_a ON t(a);\n' };

describe('migrate, on the database of an application that migrated by itself', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture(files);
  });
  afterEach(() => fixture.remove());

  const applyAll = async (table: string, rows: string) => {
    for (const sql of Object.values(files)) await fixture.query(sql);
    await fixture.query(`CREATE TABLE applied_migrations(${table})`);
    await fixture.query(`INSERT INTO applied_migrations ${rows}`);
  };

  it.each([
    ['file names', "('0001_core.sql'), ('0002_more.sql')"],
    ['numbers', "('0001'), ('0002')"],
    ['ids', "('0001_core'), ('0002_more')"],
  ])('knows what is applied, written as %s', async (_, values) => {
    await applyAll('id VARCHAR PRIMARY KEY', `VALUES ${values}`);
    expect(await fixture.migrate()).toMatchObject({
      outcome: 'already-migrated',
      to: '0002_more',
    });
    fixture.write(next);
    expect(await fixture.migrate()).toMatchObject({ applied: ['0003_next'] });
    // Adopted: from now on an edit is seen.
    fixture.write({ '0001_core.sql': 'CREATE TABLE t(id BIGINT);\n' });
    expect(await fixture.check()).toMatchObject({
      outcome: 'refused',
      findings: [{ code: 'APPLIED_EDITED' }],
    });
  });

  it('records which engine and which release of the runner it was', async () => {
    await applyAll('id VARCHAR PRIMARY KEY', "VALUES ('0001'), ('0002')");
    fixture.write(next);
    await fixture.migrate();
    expect(
      await fixture.query(
        'SELECT DISTINCT engine = version(), runner FROM applied_migrations_meta',
      ),
    ).toEqual([[true, `dojo ${version}`]]);
  });

  it('fills in the columns it knows, and leaves the others to their defaults', async () => {
    await applyAll(
      "id VARCHAR PRIMARY KEY, applied_at TIMESTAMP WITH TIME ZONE NOT NULL, by_whom VARCHAR NOT NULL DEFAULT 'app', note VARCHAR",
      "(id, applied_at) VALUES ('0001_core', now()), ('0002_more', now())",
    );
    fixture.write(next);
    await fixture.migrate(
      {},
      { now: () => new Date('2026-02-03T04:05:06.789Z') },
    );
    expect(
      await fixture.query(
        "SELECT by_whom, note, epoch_ms(applied_at) FROM applied_migrations WHERE id = '0003_next'",
      ),
    ).toEqual([['app', null, String(Date.UTC(2026, 1, 3, 4, 5, 6, 789))]]);
  });

  it('refuses a table that asks for what nobody knows', async () => {
    await applyAll(
      'id VARCHAR PRIMARY KEY, release VARCHAR NOT NULL',
      "VALUES ('0001_core', '1'), ('0002_more', '1')",
    );
    fixture.write(next);
    const before = fixture.bytes();
    await expect(fixture.migrate()).rejects.toMatchObject({
      code: 'DATABASE_APPLIED_TABLE_FOREIGN',
      message: expect.stringContaining('release'),
    });
    expect(fixture.bytes()).toEqual(before);
  });

  const drifted = (difference: RegExp) => ({
    outcome: 'refused',
    findings: [
      { code: 'SCHEMA_DRIFT', message: expect.stringMatching(difference) },
    ],
  });

  it.each([
    ['CREATE TABLE extra(a INTEGER)', /table main\.extra/],
    ['DROP VIEW v', /view main\.v is missing/],
    ['ALTER TABLE u ADD COLUMN b INTEGER', /table main\.u is .* should be/],
    ['CREATE INDEX u_a ON u(a)', /index main\.u_a/],
    ['ALTER TABLE u ALTER COLUMN a SET DEFAULT 8', /table main\.u/],
    ["COMMENT ON COLUMN u.a IS 'by hand'", /column main\.u\.a/],
    ['CREATE MACRO twice(x) AS x * 2', /macro main\.twice/],
  ])('sees what was changed by hand: %s', async (sql, difference) => {
    await fixture.migrate();
    await fixture.query(sql);
    expect(await fixture.check()).toMatchObject(drifted(difference));
  });

  it.each([
    [
      'DROP TYPE pair; CREATE TYPE pair AS STRUCT(a INTEGER)',
      /type main\.pair/,
    ],
    ['DROP TYPE money; CREATE TYPE money AS DECIMAL(9, 2)', /type main\.money/],
    ["COMMENT ON TYPE money IS 'by hand'", /type main\.money/],
    ['CREATE OR REPLACE MACRO own(x) AS x', /macro main\.own/],
    ['CREATE OR REPLACE MACRO own(x VARCHAR) AS x', /macro main\.own/],
  ])(
    'sees how a type or a macro was changed by hand: %s',
    async (sql, difference) => {
      fixture.write({
        '0003_types.sql':
          'CREATE TYPE money AS DECIMAL(18, 3); CREATE TYPE pair AS STRUCT(a INTEGER, b VARCHAR); CREATE MACRO own(x INTEGER) AS x;\n',
      });
      await fixture.migrate({ storageVersion: 'v1.4.0' });
      expect(await fixture.check()).toMatchObject({ outcome: 'current' });
      await fixture.query(sql);
      expect(await fixture.check()).toMatchObject(drifted(difference));
    },
  );

  it.each([
    ...['lower(x)', 'list(x)', 'to_json(x)', 'concat(x, y)', '"||"(x, y)'],
    ...['length(x)', 'sha256(x)', 'concat_ws(x, y)', 'string_agg(x, y)'],
  ])(
    'is not led astray by a macro that hides a function of DuckDB: %s',
    async macro => {
      await applyAll(
        'id VARCHAR PRIMARY KEY, applied_at TIMESTAMP',
        "SELECT '0001_core', NULL UNION ALL SELECT '0002_more', NULL",
      );
      fixture.write({ '0003_hide.sql': `CREATE MACRO ${macro} AS 42;\n` });
      expect(await fixture.migrate()).toMatchObject({ applied: ['0003_hide'] });
      fixture.write({ '0004_next.sql': 'CREATE INDEX t_a ON t(a);\n' });
      expect(await fixture.migrate()).toMatchObject({ applied: ['0004_next'] });
      expect(await fixture.check()).toMatchObject({ outcome: 'current' });
      expect(
        await fixture.query(
          'SELECT id FROM applied_migrations WHERE applied_at IS NOT NULL ORDER BY id',
        ),
      ).toEqual([['0003_hide'], ['0004_next']]);
    },
  );

  it('takes rows for no drift, and no state of a sequence', async () => {
    fixture.write({ '0003_next.sql': 'CREATE SEQUENCE s;\n' });
    await fixture.migrate();
    await fixture.query("INSERT INTO u SELECT nextval('s')");
    expect(await fixture.check()).toMatchObject({ outcome: 'current' });
  });

  it('takes the database of another engine for what its files make', async () => {
    await fixture.migrate();
    await fixture.query(
      "UPDATE applied_migrations_meta SET fingerprint_engine = 'v1.4.0', fingerprint = repeat('0', 64) WHERE fingerprint IS NOT NULL",
    );
    expect(await fixture.check()).toMatchObject({ outcome: 'current' });
    await fixture.query('DROP VIEW v');
    expect(await fixture.check()).toMatchObject({ outcome: 'refused' });
  });

  it('takes a view as another DuckDB spells it for the one of the file', async () => {
    fixture.write({
      '0003_year.sql':
        'CREATE TABLE d(at_ TIMESTAMP, s VARCHAR);\nCREATE VIEW y AS SELECT extract(year FROM at_) AS y, trim(s) AS s FROM d;\n',
    });
    await fixture.migrate();
    await fixture.query(
      `CREATE OR REPLACE VIEW y AS SELECT date_part('YEAR', at_) AS y, "trim"(s) AS s FROM d`,
    );
    expect(await fixture.check()).toMatchObject({ outcome: 'current' });
    await fixture.query(
      `CREATE OR REPLACE VIEW y AS SELECT date_part('MONTH', at_) AS y, "trim"(s) AS s FROM d`,
    );
    expect(await fixture.check()).toMatchObject(drifted(/view main\.y is /));
  });

  describe('when it has tables and no history', () => {
    beforeEach(async () => {
      await fixture.query('CREATE TABLE t(id BIGINT, other VARCHAR)');
    });

    it('refuses to run anything, and says what is there', async () => {
      const unknown = {
        code: 'APPLIED_UNKNOWN',
        message: expect.stringContaining('the database holds table main.t,'),
      };
      const before = fixture.bytes();
      expect(await fixture.check()).toMatchObject({
        outcome: 'refused',
        findings: [unknown],
      });
      await expect(fixture.migrate()).rejects.toMatchObject(unknown);
      await expect(
        fixture.migrate({ operation: 'rebuild-caches' }),
      ).rejects.toMatchObject(unknown);
      expect(fixture.bytes()).toEqual(before);
    });

    it('compares it with what it is told has run', async () => {
      await fixture.query(
        "CREATE TABLE IF NOT EXISTS applied_migrations(id VARCHAR PRIMARY KEY, applied_at TIMESTAMP); INSERT INTO applied_migrations(id) VALUES ('0001_core')",
      );
      expect(await fixture.check()).toMatchObject(drifted(/table main\.t is /));
    });

    it('takes an empty table of what is applied for none', async () => {
      await fixture.query('CREATE TABLE applied_migrations(id VARCHAR)');
      expect(await fixture.check()).toMatchObject({ outcome: 'refused' });
      await fixture.query('DROP TABLE t');
      expect(await fixture.check()).toMatchObject({ outcome: 'pending' });
    });
  });

  describe('when what is applied cannot be run again', () => {
    beforeEach(async () => {
      fixture.write({
        '0001_core.sql': 'SET threads = 1;\nCREATE TABLE t(a INT);\n',
      });
      await fixture.query(
        "SET threads = 1; CREATE TABLE t(a INT); CREATE TABLE by_hand(x INT); CREATE TABLE applied_migrations(id VARCHAR PRIMARY KEY); INSERT INTO applied_migrations VALUES ('0001_core')",
      );
    });
    const unchecked = {
      code: 'SCHEMA_UNCHECKED',
      severity: 'warning',
      message: expect.stringMatching(/not checked.*0001_core\.sql:1: /),
    };

    it('says so and why, before a run and after it', async () => {
      expect(await fixture.check()).toMatchObject({
        outcome: 'pending',
        findings: [unchecked],
      });
      const { plan } = await fixture.migrate();
      expect(plan.shows.findings).toMatchObject([unchecked]);
      expect(await fixture.check()).toMatchObject({
        outcome: 'current',
        findings: [unchecked],
      });
    });

    it('never records the schema as right', async () => {
      await fixture.migrate();
      expect(
        await fixture.query(
          'SELECT count(fingerprint), count(*) FROM applied_migrations_meta',
        ),
      ).toEqual([['0', '2']]);
    });
  });

  describe('when its files change more rows than a check has time for', () => {
    const many = 'FROM range(1000000) a, range(1000000) b';
    const table =
      "CREATE TABLE applied_migrations(id VARCHAR PRIMARY KEY); INSERT INTO applied_migrations VALUES ('0001_core')";

    it('compares the schema all the same, and runs none of it', async () => {
      fixture.write({
        '0001_core.sql': `CREATE TABLE t(a BIGINT);\nINSERT INTO t SELECT a.range ${many};\nUPDATE t SET a = 1;\nCREATE TABLE u AS SELECT a.range AS x, 'y' AS y ${many};\nSELECT count(*) ${many} WHERE a.range + b.range < 0;\n`,
      });
      await fixture.query(
        `CREATE TABLE t(a BIGINT); CREATE TABLE u(x BIGINT, y VARCHAR); ${table}`,
      );
      expect(await fixture.check()).toMatchObject({ findings: [] });
      await fixture.query('ALTER TABLE u ADD COLUMN z INTEGER');
      expect(await fixture.check()).toMatchObject(drifted(/table main\.u is /));
    });

    it('says that it did not, where the schema depends on rows', async () => {
      fixture.write({
        '0001_core.sql':
          "CREATE TABLE t(a VARCHAR);\nINSERT INTO t VALUES ('x');\nCREATE TYPE e AS ENUM (SELECT a FROM t);\n",
      });
      await fixture.query(
        `CREATE TABLE t(a VARCHAR); CREATE TYPE e AS ENUM ('x'); ${table}`,
      );
      expect(await fixture.check()).toMatchObject({
        findings: [
          {
            code: 'SCHEMA_UNCHECKED',
            message: expect.stringContaining('0001_core.sql:3: what it makes'),
          },
        ],
      });
    });
  });
});
