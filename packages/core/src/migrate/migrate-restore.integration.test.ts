import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql': 'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\n',
};
const seed = {
  '0002_seed.sql': 'INSERT INTO t SELECT range, range FROM range(10);\n',
};

describe('migrate, to restore', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture(core);
    await fixture.migrate();
    fixture.write(seed);
  });
  afterEach(() => fixture.remove());

  it('puts the latest backup back, byte for byte, and keeps what was there', async () => {
    const old = fixture.bytes()['ledger.duckdb'];
    await fixture.migrate();
    const migrated = fixture.bytes()['ledger.duckdb'];

    const result = await fixture.migrate({ operation: 'restore' });

    expect(result).toMatchObject({
      outcome: 'restored',
      from: '0002_seed',
      to: '0001_core',
      applied: [],
    });
    expect(fixture.bytes()).toMatchObject({
      'ledger.duckdb': old,
      [`ledger.duckdb.bak.${result.backup}`]: migrated,
    });
    expect(await fixture.query('SELECT count(*) FROM t')).toEqual([['0']]);
  });

  it('puts what a restore replaced back, by its id', async () => {
    await fixture.migrate();
    const { backup } = await fixture.migrate({ operation: 'restore' });
    expect(backup).toMatch(/^\d{8}T\d{9}Z-0002_replaced$/);
    expect(
      await fixture.migrate({ operation: 'restore', backup }),
    ).toMatchObject({
      outcome: 'restored',
      from: '0001_core',
      to: '0002_seed',
      backup: expect.stringMatching(/-0001_replaced$/),
    });
    expect(await fixture.query('SELECT count(*) FROM t')).toEqual([['10']]);
    expect(await fixture.migrate()).toMatchObject({
      outcome: 'already-migrated',
    });
  });

  it('tells to which migration it leads where neither files nor database know', async () => {
    await fixture.migrate();
    const { backup } = await fixture.migrate({ operation: 'restore' });
    for (const file of ['0001_core.sql', '0002_seed.sql']) {
      rmSync(join(fixture.migrations, file));
    }
    const request = { operation: 'restore', backup } as const;
    expect(await fixture.migrate(request, { dryRun: true })).toMatchObject({
      to: '0001_core',
      plan: { shows: { to: '0002_seed' } },
    });
    expect(await fixture.migrate(request)).toMatchObject({ to: '0002_seed' });
  });

  it('changes nothing in a dry run', async () => {
    await fixture.migrate();
    const before = fixture.bytes();
    expect(
      await fixture.migrate({ operation: 'restore' }, { dryRun: true }),
    ).toMatchObject({ outcome: 'planned' });
    expect(fixture.bytes()).toEqual(before);
  });

  it('works where the database is broken', async () => {
    await fixture.migrate();
    const broken = readFileSync(fixture.database).subarray(0, 20_000);
    writeFileSync(fixture.database, broken);

    const result = await fixture.migrate({ operation: 'restore' });

    expect(result.plan.shows.warnings).toContainEqual(
      expect.stringMatching(/^The database does not open, .*cannot be opened/),
    );
    expect(result.effects.map(({ key }) => key)).toEqual([
      `backup ${fixture.database}`,
      `database ${fixture.database}`,
    ]);
    expect(readFileSync(`${fixture.database}.bak.${result.backup}`)).toEqual(
      broken,
    );
    expect(await fixture.query('SELECT count(*) FROM t')).toEqual([['0']]);
  });

  it('works where the database is gone', async () => {
    await fixture.migrate();
    rmSync(fixture.database);
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      outcome: 'restored',
      to: '0001_core',
    });
    expect(await fixture.query('SELECT count(*) FROM t')).toEqual([['0']]);
  });

  it('refuses a backup that is broken, and leaves the database', async () => {
    const { backup } = await fixture.migrate();
    writeFileSync(`${fixture.database}.bak.${backup}`, 'nothing');
    const before = fixture.bytes();
    await expect(
      fixture.migrate({ operation: 'restore' }),
    ).rejects.toMatchObject({
      code: 'DATABASE_NOT_DUCKDB',
      message: expect.stringContaining(`.bak.${backup}`),
    });
    expect(fixture.bytes()).toEqual(before);
  });

  it('refuses a backup whose rows are damaged, and leaves the database', async () => {
    fixture.write({
      '0002_seed.sql':
        'CREATE TABLE long AS SELECT sha256(range::VARCHAR) AS hash, \'x\' || range AS "a ""b" FROM range(50000);\n',
    });
    await fixture.migrate();
    fixture.write({ '0003_more.sql': 'CREATE TABLE more(a INTEGER);\n' });
    const { backup } = await fixture.migrate();
    const path = `${fixture.database}.bak.${backup}`;
    const bytes = readFileSync(path);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    writeFileSync(path, bytes);
    const before = fixture.bytes();
    await expect(
      fixture.migrate({ operation: 'restore', backup }),
    ).rejects.toMatchObject({
      code: 'DATABASE_BROKEN',
      message: expect.stringMatching(new RegExp(`${backup}.*checksum`)),
    });
    expect(fixture.bytes()).toEqual(before);
  });

  it('knows the migration of a backup from the database, where there are no files', async () => {
    await fixture.migrate();
    rmSync(fixture.migrations, { recursive: true });
    mkdirSync(fixture.migrations);
    expect(await fixture.migrate({ operation: 'restore' })).toMatchObject({
      from: '0002_seed',
      to: '0001_core',
    });
  });

  it('keeps as many backups of each kind as were asked for, and the one that it put back', async () => {
    const { backup } = await fixture.migrate();
    let asked = backup;
    for (let times = 0; times < 4; times++) {
      const { backup: replaced } = await fixture.migrate({
        operation: 'restore',
        backup: asked,
        keepBackups: 1,
      });
      expect(fixture.names()).toEqual([
        'ledger.duckdb',
        ...new Set(
          [backup, asked, replaced].map(id => `ledger.duckdb.bak.${id}`),
        ),
      ]);
      asked = replaced;
    }
  });

  it('keeps as many backups as were asked for, the newest', async () => {
    const kept: (string | undefined)[] = [];
    for (const number of [3, 4, 5, 6]) {
      fixture.write({
        [`000${number}_t.sql`]: `CREATE TABLE t${number}(a INTEGER);\n`,
      });
      kept.push((await fixture.migrate({ keepBackups: 2 })).backup);
    }
    expect(fixture.names()).toEqual([
      'ledger.duckdb',
      ...kept.slice(-2).map(id => `ledger.duckdb.bak.${id}`),
    ]);
  });
});
