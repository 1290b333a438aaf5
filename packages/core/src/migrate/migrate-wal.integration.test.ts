import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { asNobody } from '../duckdb/__testUtils__/as-nobody';
import { DatabaseFixture } from '../duckdb/__testUtils__/database-fixture';
import {
  leaveStaleWal,
  leaveWal,
} from '../duckdb/__testUtils__/database-writer';

jest.setTimeout(60_000);

const core = {
  '0001_core.sql': 'CREATE TABLE t(id BIGINT PRIMARY KEY, a INTEGER);\n',
};
const more = {
  '0002_more.sql':
    'ALTER TABLE t ADD COLUMN made TIMESTAMP DEFAULT now();\nALTER TABLE t ADD COLUMN b INTEGER;\n',
};
const bad = { '0002_more.sql': 'INSERT INTO t VALUES (1, 1), (1, 2);\n' };
const commits = ['INSERT INTO t SELECT range, range FROM range(1000)'];

describe('migrate, when commits are not folded into the database yet', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = new DatabaseFixture(core);
    await fixture.migrate();
    await leaveWal(fixture.database, commits);
  });
  afterEach(() => fixture.remove());

  it('changes no byte in a check, a dry run, and a run that fails', async () => {
    const before = fixture.bytes();
    expect(before).toHaveProperty(['ledger.duckdb.wal']);
    fixture.write(more);
    expect(await fixture.check()).toMatchObject({ outcome: 'pending' });
    expect(await fixture.migrate({}, { dryRun: true })).toMatchObject({
      outcome: 'planned',
    });
    fixture.write(bad);
    await expect(fixture.migrate()).rejects.toMatchObject({
      code: 'MIGRATION_STATEMENT_FAILED',
    });
    expect(fixture.bytes()).toEqual(before);
  });

  it('changes no byte where there is nothing to do', async () => {
    const before = fixture.bytes();
    expect(await fixture.migrate()).toMatchObject({
      outcome: 'already-migrated',
    });
    expect(fixture.bytes()).toEqual(before);
  });

  it('migrates them too, and keeps them in the backup', async () => {
    fixture.write(more);
    const { backup, plan } = await fixture.migrate();

    expect(plan.shows.database?.walBytes).toBeGreaterThan(0);
    expect(fixture.names()).toEqual([
      'ledger.duckdb',
      `ledger.duckdb.bak.${backup}`,
    ]);
    expect(await fixture.query('SELECT count(made) FROM t')).toEqual([
      ['1000'],
    ]);
    expect(
      await fixture.query(
        'SELECT count(*) FROM t',
        `${fixture.database}.bak.${backup}`,
      ),
    ).toEqual([['1000']]);
  });

  it('rescues what a plain open can no longer replay', async () => {
    // An application that migrates in place, killed before it folded.
    await leaveWal(fixture.database, [
      'ALTER TABLE t ADD COLUMN made TIMESTAMP DEFAULT now()',
      "INSERT INTO applied_migrations VALUES ('0002_more.sql', now())",
    ]);
    await expect(fixture.query('SELECT 1')).rejects.toThrow(
      /Failure while replaying WAL/,
    );
    fixture.write({
      '0002_more.sql':
        'ALTER TABLE t ADD COLUMN made TIMESTAMP DEFAULT now();\n',
      '0003_index.sql': 'CREATE INDEX t_a ON t(a);\n',
    });

    const result = await fixture.migrate();

    expect(result).toMatchObject({
      from: '0002_more',
      applied: ['0003_index'],
    });
    expect(await fixture.query('SELECT count(made) FROM t')).toEqual([
      ['1000'],
    ]);
    expect(
      await fixture.query(
        'SELECT count(made) FROM t',
        `${fixture.database}.bak.${result.backup}`,
      ),
    ).toEqual([['1000']]);
  });

  describe('and hold an index, which no read-only database can replay', () => {
    const indexed = { '0002_index.sql': 'CREATE INDEX t_a ON t(a);\n' };
    beforeEach(async () => {
      fixture.write(indexed);
      await leaveWal(fixture.database, [
        'CREATE INDEX t_a ON t(a)',
        "INSERT INTO applied_migrations(id) VALUES ('0002_index')",
      ]);
    });
    const rowsOf = (database?: string) =>
      fixture.query(
        "SELECT count(*), (SELECT count(*) FROM duckdb_indexes() WHERE index_name = 't_a') FROM t",
        database,
      );

    it('is looked at on a copy, in a check and a dry run, and changes nothing', async () => {
      fixture.write({
        '0003_more.sql': 'ALTER TABLE t ADD COLUMN b INTEGER;\n',
      });
      const before = fixture.bytes();

      expect(await fixture.check()).toMatchObject({
        outcome: 'pending',
        head: '0002_index',
        pending: ['0003_more'],
      });
      const { outcome, plan } = await fixture.migrate({}, { dryRun: true });

      expect(outcome).toBe('planned');
      expect(plan.shows.rehearsal).toBeDefined();
      expect(plan.shows.database?.walBytes).toBeGreaterThan(0);
      expect(fixture.bytes()).toEqual(before);
      expect(await rowsOf()).toEqual([['1000', '1']]);
    });

    it('is looked at again where somebody wrote it during a rehearsal', async () => {
      fixture.write({ '0003_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      let isWritten = false;
      const { outcome } = await fixture.migrate(
        {},
        {
          dryRun: true,
          log: line => {
            fixture.lines.push(line);
            if (isWritten) return;
            isWritten = true;
            utimesSync(fixture.database, 1, 1);
          },
        },
      );
      expect(outcome).toBe('planned');
      expect(fixture.lines).toContain(
        'the database was changed meanwhile: planning again',
      );
    });

    it('is not looked at in a folder without room for a copy of it', async () => {
      const before = fixture.bytes();
      await asNobody(fixture, () =>
        expect(fixture.check()).rejects.toMatchObject({
          code: 'DATABASE_WAL_NEEDS_WRITER',
          message: expect.stringContaining(`${fixture.database}.wal`),
          hint: expect.stringContaining('start and stop the application once'),
        }),
      );
      expect(fixture.bytes()).toEqual(before);
    });

    it('is migrated by the plan that was looked at', async () => {
      fixture.write({ '0003_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      const { planHash } = await fixture.migrate({}, { dryRun: true });
      expect(await fixture.migrate({}, { planHash })).toMatchObject({
        applied: ['0003_more'],
      });
    });

    it('migrates it too, and keeps it in the backup', async () => {
      fixture.write({ '0003_more.sql': 'CREATE TABLE u(a INTEGER);\n' });

      const { backup, applied } = await fixture.migrate();

      expect(applied).toEqual(['0003_more']);
      expect(fixture.names()).toEqual([
        'ledger.duckdb',
        `ledger.duckdb.bak.${backup}`,
      ]);
      expect(await rowsOf()).toEqual([['1000', '1']]);
      expect(await rowsOf(`${fixture.database}.bak.${backup}`)).toEqual([
        ['1000', '1'],
      ]);
    });

    it('loses nothing where the migration fails, again and again', async () => {
      fixture.write({ '0003_bad.sql': 'INSERT INTO t VALUES (1, 1);\n' });
      for (const _ of [1, 2]) {
        await expect(fixture.migrate()).rejects.toMatchObject({
          code: 'MIGRATION_STATEMENT_FAILED',
        });
        expect(fixture.names()).toEqual(['ledger.duckdb', 'ledger.duckdb.wal']);
      }
      expect(await rowsOf()).toEqual([['1000', '1']]);
    });
  });

  it('makes tables that every ALTER of an application can be replayed on', async () => {
    await leaveWal(fixture.database, [
      'ALTER TABLE applied_migrations ADD COLUMN note VARCHAR',
      "INSERT INTO applied_migrations(id) VALUES ('0002_more')",
      'ALTER TABLE applied_migrations_meta ADD COLUMN note VARCHAR',
    ]);
    expect(
      await fixture.query('SELECT count(*) FROM applied_migrations'),
    ).toEqual([['2']]);
  });

  describe.each(['.wal.checkpoint', '.wal.recovery'])(
    'and of a fold only its half %s is left',
    suffix => {
      let half: string;
      beforeEach(async () => {
        rmSync(`${fixture.database}.wal`);
        fixture.write(more);
        await fixture.migrate();
        half = `${fixture.database}${suffix}`;
        writeFileSync(half, 'half');
      });

      it('says which file to move away, and changes nothing', async () => {
        const before = fixture.bytes();
        const refusal = {
          code: 'DATABASE_WAL_UNUSABLE',
          message: expect.stringContaining(half),
        };
        await expect(fixture.check()).rejects.toMatchObject(refusal);
        await expect(fixture.migrate()).rejects.toMatchObject(refusal);
        expect(fixture.bytes()).toEqual(before);
      });

      it('puts a backup back, and keeps the half with what is replaced', async () => {
        const { backup } = await fixture.migrate({ operation: 'restore' });
        expect(fixture.names()).toContain(
          `ledger.duckdb.bak.${backup}${suffix}`,
        );
        expect(await fixture.check()).toMatchObject({ outcome: 'pending' });
      });
    },
  );

  describe('and are of another file', () => {
    let backup: string | undefined;
    beforeEach(async () => {
      fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
      ({ backup } = await fixture.migrate());
      await leaveStaleWal(fixture.database);
      fixture.write({ '0003_index.sql': 'CREATE INDEX t_a ON t(a);\n' });
    });

    it('says which file to move away, and changes nothing', async () => {
      const before = fixture.bytes();
      const expected = {
        code: 'DATABASE_WAL_UNUSABLE',
        message: expect.stringContaining(`${fixture.database}.wal`),
        hint: expect.stringContaining('move it away'),
      };
      await expect(fixture.migrate()).rejects.toMatchObject(expected);
      await expect(fixture.check()).rejects.toMatchObject(expected);
      await expect(fixture.migrate({}, { dryRun: true })).rejects.toMatchObject(
        expected,
      );
      expect(fixture.bytes()).toEqual(before);
    });

    it('puts a backup back, and keeps the broken pair as one', async () => {
      const before = fixture.bytes();

      const result = await fixture.migrate({ operation: 'restore' });

      const kept = `ledger.duckdb.bak.${result.backup}`;
      expect(fixture.names()).toEqual(
        [
          'ledger.duckdb',
          `ledger.duckdb.bak.${backup}`,
          kept,
          `${kept}.wal`,
        ].sort(),
      );
      expect(fixture.bytes()).toMatchObject({
        [kept]: before['ledger.duckdb'],
        [`${kept}.wal`]: before['ledger.duckdb.wal'],
      });
      expect(await fixture.query('SELECT count(*) FROM t')).toEqual([['1000']]);
      expect(await fixture.migrate()).toMatchObject({
        applied: ['0002_more', '0003_index'],
      });
    });
  });
});
