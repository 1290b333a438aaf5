import {
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { holdLedger, nodeDuckdb } from 'dojo-testing';
import type { LedgerFolder } from '../__testUtils__/ledger-folder';
import { ledgerPerTest } from '../__testUtils__/ledger-per-test';

const first = { '0001_core.sql': 'CREATE TABLE t (id BIGINT);' };
const second = { '0002_more.sql': 'CREATE TABLE more (id BIGINT);' };

/** Where a DuckDB file's header has the number of its storage version. */
const storageOffset = 12;

/** What somebody finds where the ledger should be. */
interface Place {
  readonly when: string;
  readonly make: (ledger: LedgerFolder) => void;
  readonly code: string;
  readonly says: readonly (string | RegExp)[];
  readonly exit: number;
}

const places: readonly Place[] = [
  {
    when: 'it is not a DuckDB file',
    make: ({ database }) => writeFileSync(database, 'id,a\n'.repeat(4096)),
    code: 'LEDGER_NOT_DUCKDB',
    says: ['l.duckdb is not a DuckDB file'],
    exit: 3,
  },
  {
    when: 'it is shorter than a header',
    make: ({ database }) => writeFileSync(database, 'id,a\n'),
    code: 'LEDGER_NOT_DUCKDB',
    says: ['l.duckdb is not a DuckDB file'],
    exit: 3,
  },
  {
    when: 'it has 0 bytes',
    make: ({ database }) => writeFileSync(database, ''),
    code: 'LEDGER_EMPTY',
    says: ['l.duckdb has 0 bytes'],
    exit: 3,
  },
  {
    when: 'a newer DuckDB wrote it',
    make: ({ database }) => {
      const bytes = readFileSync(database);
      bytes.writeBigUInt64LE(999n, storageOffset);
      writeFileSync(database, bytes);
    },
    code: 'LEDGER_STORAGE_UNSUPPORTED',
    says: ['storage version 999', /this is DuckDB v1\.5\.\d+, which reads/],
    exit: 3,
  },
  {
    when: 'it was cut short',
    make: ({ database }) =>
      writeFileSync(database, readFileSync(database).subarray(0, 16_384)),
    code: 'LEDGER_BROKEN',
    says: ['l.duckdb cannot be opened'],
    exit: 3,
  },
  {
    when: 'it is a directory',
    make: ({ database }) => {
      rmSync(database);
      mkdirSync(database);
    },
    code: 'LEDGER_IS_DIRECTORY',
    says: ['l.duckdb is a directory'],
    exit: 2,
  },
  {
    when: 'it is a symbolic link to nothing',
    make: ({ database }) => {
      rmSync(database);
      symlinkSync('gone.duckdb', database);
    },
    code: 'LEDGER_LINK_DANGLING',
    says: ['l.duckdb is a symbolic link to gone.duckdb'],
    exit: 2,
  },
  {
    when: 'its folder does not exist',
    make: ({ folder }) => rmSync(folder, { recursive: true }),
    code: 'LEDGER_FOLDER_MISSING',
    says: ['does not exist'],
    exit: 2,
  },
  {
    when: 'a WAL lies there without it',
    make: ledger => {
      ledger.writeWal('INSERT INTO t VALUES (1)');
      rmSync(ledger.database);
    },
    code: 'LEDGER_WAL_ORPHAN',
    says: ['l.duckdb.wal lies there without its ledger'],
    exit: 3,
  },
  {
    when: 'it was restored by hand, and the WAL of what was there lies beside it',
    make: ledger => {
      const { database } = ledger;
      cpSync(database, `${database}.mine`);
      ledger.runSql('CREATE TABLE later (id BIGINT)');
      ledger.writeWal('INSERT INTO later VALUES (1)');
      renameSync(`${database}.mine`, database);
    },
    code: 'LEDGER_WAL_UNUSABLE',
    says: ['l.duckdb.wal does not belong to', 'later'],
    exit: 3,
  },
];

jest.setTimeout(60_000);

describe('dojo migrate', () => {
  let ledger: LedgerFolder;
  ledgerPerTest(
    async base => {
      base.write(first);
      await base.prepare();
      base.write(second);
    },
    copy => {
      ledger = copy;
    },
  );

  describe.each(places)('when $when', ({ make, code, says, exit }) => {
    it(`refuses with ${code}, whatever is asked, and all is as it was`, async () => {
      make(ledger);
      const before = ledger.files();
      for (const flags of [[], ['--dry-run'], ['--check']]) {
        const run = await ledger.migrate([...flags, '--json']);
        const { error } = JSON.parse(run.stdout) as {
          error: { code: string; message: string };
        };
        expect({ flags, code: error.code, exit: run.code }).toEqual({
          flags,
          code,
          exit,
        });
        for (const part of says) expect(error.message).toMatch(part);
        expect(error.message).not.toContain('\n');
        expect(run.stderr).toContain(error.message);
        expect(ledger.files()).toEqual(before);
      }
    });
  });

  describe.each(['write', 'read'] as const)(
    'when another process holds it to %s',
    access => {
      it('says who, and changes nothing', async () => {
        const before = ledger.files();
        const hold = await holdLedger(ledger.database, access);
        try {
          const run = await ledger.migrate();
          expect(run.code).toBe(4);
          expect(run.stderr).toContain('LEDGER_LOCKED');
          expect(run.stderr).toMatch(
            new RegExp(`is held by .*node.* \\(PID ${hold.pid}\\)`),
          );
          expect(ledger.files()).toEqual(before);
        } finally {
          await hold.release();
        }
        expect(await ledger.migrate()).toMatchObject({ code: 0 });
      });
    },
  );

  describe('when another process reads it', () => {
    it('checks and plans all the same', async () => {
      const hold = await holdLedger(ledger.database, 'read');
      try {
        expect(await ledger.migrate(['--check'])).toMatchObject({ code: 0 });
        expect(await ledger.migrate(['--dry-run'])).toMatchObject({ code: 0 });
      } finally {
        await hold.release();
      }
    });
  });

  describe('when it is a symbolic link to a ledger', () => {
    it('migrates the ledger and leaves the link a link', async () => {
      const elsewhere = join(ledger.folder, 'real');
      mkdirSync(elsewhere);
      const real = join(elsewhere, 'real.duckdb');
      renameSync(ledger.database, real);
      symlinkSync(real, ledger.database);
      expect(await ledger.migrate()).toMatchObject({ code: 0 });
      expect(lstatSync(ledger.database).isSymbolicLink()).toBe(true);
      expect(
        nodeDuckdb.read([real], ['SELECT max(id) FROM applied_migrations']),
      ).toEqual([{ texts: ['0002_more'] }]);
    });
  });

  describe('when it has a second name', () => {
    it('leaves what has that name as it was', async () => {
      linkSync(ledger.database, join(ledger.folder, 'other.duckdb'));
      const { 'other.duckdb': before } = ledger.files();
      expect(await ledger.migrate()).toMatchObject({ code: 0 });
      expect(ledger.files()).toMatchObject({ 'other.duckdb': before });
    });
  });
});
