import { nodeDuckdb } from 'dojo-testing';
import { LedgerFolder } from '../__testUtils__/ledger-folder';
import { resultOf } from '../__testUtils__/result-of';

const first = {
  '0001_core.sql':
    'CREATE TABLE t (id BIGINT PRIMARY KEY, a INTEGER);\nINSERT INTO t VALUES (1, 1), (2, 2);\n',
};
const second = { '0002_more.sql': 'INSERT INTO t VALUES (3, 3), (4, 4);' };

jest.setTimeout(60_000);

describe('dojo restore', () => {
  let ledger: LedgerFolder;
  beforeEach(async () => {
    ledger = new LedgerFolder();
    ledger.write(first);
    await ledger.migrate();
    ledger.write(second);
    await ledger.migrate();
  });
  afterEach(() => ledger.dispose());

  const rows = () =>
    nodeDuckdb.read([ledger.database], ['SELECT count(*) FROM t']);

  it('puts the latest backup back and keeps what was there', async () => {
    const before = ledger.files();
    const planned = await ledger.run('restore', ['--dry-run']);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toMatch(/Backups \(1\)[\s\S]*0001_core|-0001/);
    expect(ledger.files()).toEqual(before);

    const run = await ledger.run('restore', ['--json']);
    expect(run).toMatchObject({ code: 0 });
    expect(resultOf(run).outcome).toBe('restored');
    expect(rows()).toEqual([{ texts: ['2'] }]);
    expect(Object.keys(ledger.files())).toHaveLength(3);

    const restored = ledger.files();
    const again = await ledger.run('restore');
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(
      /^Nothing to restore: at 0001_core\nThe ledger is already backup \S+-0001\.$/m,
    );
    expect(again.stdout).toMatch(/_replaced .*replaced by a restore$/m);
    expect(again.stdout).toMatch(/-0001 .*is the ledger now$/m);
    expect(ledger.files()).toEqual(restored);

    const back = await ledger.run('restore', [
      '--backup',
      resultOf(run).backup!,
    ]);
    expect(back).toMatchObject({ code: 0 });
    expect(rows()).toEqual([{ texts: ['4'] }]);
  });

  it('mends a ledger that no longer opens, with its WAL', async () => {
    ledger.writeWal('INSERT INTO t VALUES (99, 99)');
    ledger.spoil();
    expect(await ledger.migrate()).toMatchObject({ code: 3 });
    expect(await ledger.run('restore')).toMatchObject({ code: 0 });
    expect(rows()).toEqual([{ texts: ['2'] }]);
  });

  it('names the backups that exist where it is asked for another', async () => {
    const run = await ledger.run('restore', [
      '--backup',
      '20200101T000000000Z-0001',
    ]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/has no backup 2020.*; it has \d{8}T/);
  });
});
