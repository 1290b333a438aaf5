import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import { leaveWal } from '../duckdb/__testUtils__/database-writer';

jest.setTimeout(60_000);

const next = { '0002_next.sql': 'CREATE TABLE z(i INTEGER);\n' };

describe.each([
  [
    'macro',
    'CREATE MACRO norm(x) AS lower(trim(x)); CREATE TABLE t(x VARCHAR); CREATE UNIQUE INDEX i ON t (norm(x));',
  ],
  [
    'type',
    "CREATE TYPE kind AS ENUM ('a', 'b'); CREATE TABLE t(x VARCHAR); CREATE INDEX i ON t ((x::kind));",
  ],
])('migrate, with an index over a %s of the database', (_, sql) => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture({
      '0001_core.sql': `${sql}\nINSERT INTO t VALUES ('a');\n`,
      'caches/c.sql': 'CREATE OR REPLACE TABLE c AS FROM t;\n',
    });
    await fixture.migrate();
  });
  afterEach(() => fixture.remove());

  it('makes, migrates and restores it', async () => {
    fixture.write(next);
    expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
    expect(
      await fixture.migrate({ operation: 'rebuild-caches' }),
    ).toMatchObject({ outcome: 'caches-rebuilt' });
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      outcome: 'restored',
    });
    expect(await fixture.query('FROM t')).toEqual([['a']]);
  });

  it('migrates it with rows and the index only in its WAL', async () => {
    await fixture.query('DROP INDEX i');
    await leaveWal(fixture.database, [
      `${sql.split('; ')[2]?.replace(';', '')}`,
      "INSERT INTO t VALUES ('b')",
    ]);
    fixture.write(next);
    expect(await fixture.check()).toMatchObject({ outcome: 'pending' });
    expect(await fixture.migrate({}, { dryRun: true })).toMatchObject({
      outcome: 'planned',
    });
    expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
    expect(await fixture.query('FROM t ORDER BY x')).toEqual([['a'], ['b']]);
  });
});
