import { nodeDuckdb } from 'dojo-testing';
import { DatabaseFolder } from '../__testUtils__/database-folder';
import { resultOf } from '../__testUtils__/result-of';

const first = {
  '0001_core.sql':
    'CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);\nINSERT INTO t VALUES (1, 1), (2, 2);\n',
};
const second = { '0002_more.sql': 'INSERT INTO t VALUES (3, 3), (4, 4);' };

jest.setTimeout(60_000);

describe('dojo restore', () => {
  let database: DatabaseFolder;
  beforeEach(async () => {
    database = new DatabaseFolder();
    database.write(first);
    await database.migrate();
    database.write(second);
    await database.migrate();
  });
  afterEach(() => database.dispose());

  const rows = () =>
    nodeDuckdb.read([database.file], ['SELECT count(*) FROM t']);

  it('puts the latest backup back and keeps what was there', async () => {
    const before = database.files();
    const planned = await database.run('restore', ['--dry-run']);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toMatch(/Backups \(1\)[\s\S]*0001_core|-0001/);
    expect(database.files()).toEqual(before);

    const run = await database.run('restore', ['--json']);
    expect(run).toMatchObject({ code: 0 });
    expect(resultOf(run).outcome).toBe('restored');
    expect(rows()).toEqual([{ texts: ['2'] }]);
    expect(Object.keys(database.files())).toHaveLength(3);

    const restored = database.files();
    const again = await database.run('restore');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(
      /^Nothing to restore: at 0001_core\nThe database is already backup \S+-0001\.$/m,
    );
    expect(again.stdout).toMatch(/_replaced .*replaced by a restore$/m);
    expect(again.stdout).toMatch(/-0001 .*is the database now$/m);
    expect(database.files()).toEqual(restored);

    const back = await database.run('restore', [
      '--backup',
      resultOf(run).backup!,
    ]);
    expect(back).toMatchObject({ code: 0 });
    expect(rows()).toEqual([{ texts: ['4'] }]);
  });

  it('mends a database that no longer opens, with its WAL', async () => {
    database.writeWal('INSERT INTO t VALUES (99, 99)');
    database.spoil();
    expect(await database.migrate()).toMatchObject({ code: 3 });
    expect(await database.run('restore')).toMatchObject({ code: 0 });
    expect(rows()).toEqual([{ texts: ['2'] }]);
  });

  it('names the backups that exist where it is asked for another', async () => {
    const run = await database.run('restore', [
      '--backup',
      '20200101T000000000Z-0001',
    ]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/has no backup 2020.*; it has \d{8}T/);
  });
});
