import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import { leaveWal } from '../duckdb/__testUtils__/database-writer';

jest.setTimeout(60_000);

describe('migrate, where a restore would lose rows', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture({
      '0001_core.sql': `CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);
        INSERT INTO t SELECT range, range FROM range(10);
        CREATE TABLE u(a INTEGER);`,
    });
    await fixture.migrate();
    fixture.write({
      '0002_more.sql':
        'ALTER TABLE t ADD COLUMN b INTEGER;\nCREATE TABLE v(a INTEGER);\n',
    });
    await fixture.migrate();
  });
  afterEach(() => fixture.remove());

  const planned = async () => {
    const before = fixture.bytes();
    const { plan } = await fixture.migrate(
      { operation: 'restore' },
      { dryRun: true, rehearse: false },
    );
    expect(fixture.bytes()).toEqual(before);
    return plan.shows.warnings;
  };

  it('says nothing where nothing was written since', async () => {
    await expect(planned()).resolves.toEqual([]);
  });

  it('counts the rows that were added and changed, and what is in a new table', async () => {
    await fixture.query(
      `INSERT INTO t VALUES (20, 1, 1), (21, 1, 1); UPDATE t SET a = 77 WHERE id = 3;
       DELETE FROM t WHERE id = 4; INSERT INTO u VALUES (1); INSERT INTO v VALUES (1), (1)`,
    );
    await expect(planned()).resolves.toEqual([
      'Lost with it: 3 rows of t, 2 rows of v and 1 row of u written since.',
    ]);
  });

  it('counts what is not folded into the file yet', async () => {
    await leaveWal(fixture.database, ['INSERT INTO u VALUES (1), (2)']);
    await expect(planned()).resolves.toEqual([
      'Lost with it: 2 rows of u written since.',
    ]);
  });
});
