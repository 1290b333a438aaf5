import { copyFileSync, linkSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import {
  leaveStaleWal,
  leaveWal,
} from '../duckdb/__testUtils__/database-writer';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql': 'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\n',
};
const seed = {
  '0002_seed.sql': 'INSERT INTO t SELECT range, range FROM range(10);\n',
};
const commits = ['INSERT INTO t VALUES (77, 77)'];

describe('migrate, to restore again', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture(core);
    await fixture.migrate();
    fixture.write(seed);
  });
  afterEach(() => fixture.remove());

  const count = () => fixture.query('SELECT count(*) FROM t');
  const backupPath = (id: string) => `${fixture.database}.bak.${id}`;
  const planned = () =>
    fixture.migrate({ operation: 'restore' }, { dryRun: true });
  const linkDatabase = (id: string) =>
    linkSync(fixture.database, backupPath(id));

  it('changes nothing, and says so', async () => {
    const { backup } = await fixture.migrate();
    await fixture.migrate({ operation: 'restore' });
    const before = fixture.bytes();
    for (const asked of ['latest', backup]) {
      const result = await fixture.migrate({
        operation: 'restore',
        backup: asked,
        keepBackups: 1,
      });
      expect(result).toMatchObject({
        outcome: 'already-restored',
        from: '0001_core',
        to: '0001_core',
        effects: [],
        plan: {
          kind: 'already-restored',
          shows: {
            reason: `The database is already backup ${backup}.`,
            effects: [],
          },
        },
      });
      expect(result.backup).toBeUndefined();
    }
    expect(await planned()).toMatchObject({ outcome: 'already-restored' });
    expect(fixture.bytes()).toEqual(before);
  });

  it('restores once where several run at once', async () => {
    await fixture.migrate();
    const results = await Promise.all(
      [1, 2, 3].map(() => fixture.migrate({ operation: 'restore' })),
    );
    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      'already-restored',
      'already-restored',
      'restored',
    ]);
    expect(fixture.names()).toHaveLength(3);
  });

  it.each(['latest', 'the reviewed plan'])(
    'finishes after a kill between backup and rename: %s',
    async how => {
      await fixture.migrate();
      const { planHash } = await planned();
      linkDatabase('20200101T000000000Z-0002_replaced');
      expect(
        await fixture.migrate(
          { operation: 'restore' },
          how === 'latest' ? {} : { planHash },
        ),
      ).toMatchObject({ outcome: 'restored', to: '0001_core' });
      expect(await count()).toEqual([['0']]);
    },
  );

  it.each(['latest', 'the reviewed plan'])(
    'finds everything done after a kill behind the rename: %s',
    async how => {
      await fixture.migrate();
      const { planHash } = await planned();
      await fixture.migrate({ operation: 'restore' }, { planHash });
      const before = fixture.bytes();
      expect(
        await fixture.migrate(
          { operation: 'restore' },
          how === 'latest' ? {} : { planHash },
        ),
      ).toMatchObject({ outcome: 'already-restored' });
      expect(fixture.bytes()).toEqual(before);
    },
  );

  it('refuses a reviewed plan that has not come about', async () => {
    await fixture.migrate();
    const { planHash } = await planned();
    fixture.write({ '0003_more.sql': 'CREATE TABLE more(a INTEGER);\n' });
    await fixture.migrate();
    await expect(
      fixture.migrate({ operation: 'restore' }, { planHash }),
    ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
  });

  it('puts nothing back where the database is a backup that a killed migration left, with commits since', async () => {
    linkDatabase('20260101T000000000Z-0001');
    await leaveWal(fixture.database, commits);
    const before = fixture.bytes();
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      outcome: 'already-restored',
    });
    expect(fixture.bytes()).toEqual(before);
  });

  it('restores again where the database was written since', async () => {
    await fixture.migrate();
    await fixture.migrate({ operation: 'restore' });
    await fixture.query('INSERT INTO t VALUES (1, 1)');
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      outcome: 'restored',
    });
    expect(await count()).toEqual([['0']]);
  });

  it('restores again where the database has commits in its WAL', async () => {
    await fixture.migrate();
    await fixture.migrate({ operation: 'restore' });
    await leaveWal(fixture.database, commits);
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      outcome: 'restored',
    });
    expect(await count()).toEqual([['0']]);
  });

  it('ends the same where the backup has a WAL of its own', async () => {
    const id = '20200101T000000000Z-0001';
    copyFileSync(fixture.database, backupPath(id));
    await leaveWal(backupPath(id), commits);
    for (let times = 0; times < 2; times++) {
      expect(
        await fixture.migrate({ operation: 'restore', backup: id }),
      ).toMatchObject({ outcome: 'restored' });
      expect(await count()).toEqual([['1']]);
    }
  });

  it('mends a broken database that was killed before its rename, and is done then', async () => {
    await fixture.migrate();
    writeFileSync(fixture.database, 'broken'.repeat(4096));
    const { planHash } = await planned();
    linkDatabase('20200101T000000000Z-0000_replaced');
    for (const outcome of ['restored', 'already-restored']) {
      expect(
        await fixture.migrate({ operation: 'restore' }, { planHash }),
      ).toMatchObject({ outcome });
      expect(await count()).toEqual([['0']]);
    }
  });

  it.each(['latest', 'the reviewed plan'])(
    'finishes after a kill between moving a WAL that does not belong and the rename: %s',
    async how => {
      await fixture.migrate();
      await leaveStaleWal(fixture.database);
      const { planHash } = await planned();
      const backup = '20200101T000000000Z-0000_replaced';
      linkDatabase(backup);
      const wal = `${backupPath(backup)}.wal`;
      renameSync(`${fixture.database}.wal`, wal);
      const before = fixture.bytes();
      const reviewed = how === 'latest' ? {} : { planHash };

      const result = await fixture.migrate({ operation: 'restore' }, reviewed);

      expect(result).toMatchObject({ outcome: 'restored', backup });
      expect(await count()).toEqual([['0']]);
      expect(fixture.names()).toEqual(Object.keys(before));
      expect(fixture.bytes()).toMatchObject({
        [basename(backupPath(backup))]: before['ledger.duckdb'],
        [basename(wal)]: before[basename(wal)],
      });
      expect(
        await fixture.migrate({ operation: 'restore' }, reviewed),
      ).toMatchObject({ outcome: 'already-restored' });
    },
  );

  it('keeps what was written after such a kill in a backup that opens', async () => {
    await fixture.migrate();
    await leaveStaleWal(fixture.database);
    const cut = '20200101T000000000Z-0000_replaced';
    linkDatabase(cut);
    renameSync(`${fixture.database}.wal`, `${backupPath(cut)}.wal`);
    await fixture.query('INSERT INTO t VALUES (77, 77)');
    const { backup } = await fixture.migrate({ operation: 'restore' });
    expect(backup).not.toBe(cut);
    expect(
      await fixture.query('SELECT count(*) FROM t', backupPath(backup!)),
    ).toEqual([['11']]);
  });

  it('does not call a broken database restored that is a broken backup', async () => {
    await fixture.migrate();
    writeFileSync(fixture.database, 'broken'.repeat(4096));
    const backup = '20200101T000000000Z-0000_replaced';
    copyFileSync(fixture.database, backupPath(backup));
    const before = fixture.bytes();
    await expect(
      fixture.migrate({ operation: 'restore', backup }),
    ).rejects.toMatchObject({ code: 'DATABASE_NOT_DUCKDB' });
    expect(fixture.bytes()).toEqual(before);
  });

  it('tells which backup the database is, held only for reading', async () => {
    const { backup } = await fixture.migrate();
    const { backup: replaced } = await fixture.migrate({
      operation: 'restore',
    });
    expect((await planned()).plan.shows.backups).toMatchObject([
      { id: replaced, isReplaced: true, isDatabase: false, head: '0002_seed' },
      { id: backup, isReplaced: false, isDatabase: true, head: '0001_core' },
    ]);
    expect(
      (await fixture.migrate({}, { dryRun: true })).plan.shows.backups[1],
    ).not.toHaveProperty('isDatabase');
  });

  it('is refused where restores have replaced all that there is', async () => {
    const { backup } = await fixture.migrate();
    const { backup: replaced } = await fixture.migrate({
      operation: 'restore',
    });
    renameSync(backupPath(backup!), `${fixture.folder}/away`);
    await expect(
      fixture.migrate({ operation: 'restore' }),
    ).rejects.toMatchObject({
      code: 'MIGRATE_BACKUP_UNKNOWN',
      message: expect.stringContaining(replaced!),
    });
  });
});
