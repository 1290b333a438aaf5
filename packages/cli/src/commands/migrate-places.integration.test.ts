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
import { holdDatabase, nodeDuckdb } from 'dojo-testing';
import type { DatabaseFolder } from '../__testUtils__/database-folder';
import { databasePerTest } from '../__testUtils__/database-per-test';

const first = { '0001_core.sql': 'CREATE TABLE t (id BIGINT);' };
const second = { '0002_more.sql': 'CREATE TABLE more (id BIGINT);' };

/** Where a DuckDB file's header has the number of its storage version. */
const storageOffset = 12;

/** What somebody finds where the database should be. */
interface Place {
  readonly when: string;
  readonly make: (database: DatabaseFolder) => void;
  readonly code: string;
  readonly says: readonly (string | RegExp)[];
  readonly exit: number;
}

const places: readonly Place[] = [
  {
    when: 'it is not a DuckDB file',
    make: ({ file }) => writeFileSync(file, 'id,a\n'.repeat(4096)),
    code: 'DATABASE_NOT_DUCKDB',
    says: ['l.duckdb is not a DuckDB file'],
    exit: 3,
  },
  {
    when: 'it is shorter than a header',
    make: ({ file }) => writeFileSync(file, 'id,a\n'),
    code: 'DATABASE_NOT_DUCKDB',
    says: ['l.duckdb is not a DuckDB file'],
    exit: 3,
  },
  {
    when: 'it has 0 bytes',
    make: ({ file }) => writeFileSync(file, ''),
    code: 'DATABASE_EMPTY',
    says: ['l.duckdb has 0 bytes'],
    exit: 3,
  },
  {
    when: 'a newer DuckDB wrote it',
    make: ({ file }) => {
      const bytes = readFileSync(file);
      bytes.writeBigUInt64LE(999n, storageOffset);
      writeFileSync(file, bytes);
    },
    code: 'DATABASE_STORAGE_UNSUPPORTED',
    says: ['storage version 999', /this is DuckDB v1\.5\.\d+, which reads/],
    exit: 3,
  },
  {
    when: 'it was cut short',
    make: ({ file }) =>
      writeFileSync(file, readFileSync(file).subarray(0, 16_384)),
    code: 'DATABASE_BROKEN',
    says: ['l.duckdb cannot be opened'],
    exit: 3,
  },
  {
    when: 'it is a directory',
    make: ({ file }) => {
      rmSync(file);
      mkdirSync(file);
    },
    code: 'DATABASE_IS_DIRECTORY',
    says: ['l.duckdb is a directory'],
    exit: 2,
  },
  {
    when: 'it is a symbolic link to nothing',
    make: ({ file }) => {
      rmSync(file);
      symlinkSync('gone.duckdb', file);
    },
    code: 'DATABASE_LINK_DANGLING',
    says: ['l.duckdb is a symbolic link to gone.duckdb'],
    exit: 2,
  },
  {
    when: 'its folder does not exist',
    make: ({ folder }) => rmSync(folder, { recursive: true }),
    code: 'DATABASE_FOLDER_MISSING',
    says: ['does not exist'],
    exit: 2,
  },
  {
    when: 'a WAL lies there without it',
    make: database => {
      database.writeWal('INSERT INTO t VALUES (1)');
      rmSync(database.file);
    },
    code: 'DATABASE_WAL_ORPHAN',
    says: ['l.duckdb.wal lies there without its database'],
    exit: 3,
  },
  {
    when: 'it was restored by hand, and the WAL of what was there lies beside it',
    make: database => {
      const { file } = database;
      cpSync(file, `${file}.mine`);
      database.runSql('CREATE TABLE later (id BIGINT)');
      database.writeWal('INSERT INTO later VALUES (1)');
      renameSync(`${file}.mine`, file);
    },
    code: 'DATABASE_WAL_UNUSABLE',
    says: ['l.duckdb.wal does not belong to', 'later'],
    exit: 3,
  },
];

jest.setTimeout(60_000);

describe('dojo migrate', () => {
  let database: DatabaseFolder;
  databasePerTest(
    async base => {
      base.write(first);
      await base.prepare();
      base.write(second);
    },
    copy => {
      database = copy;
    },
  );

  describe.each(places)('when $when', ({ make, code, says, exit }) => {
    it(`refuses with ${code}, whatever is asked, and all is as it was`, async () => {
      make(database);
      const before = database.files();
      for (const flags of [[], ['--dry-run'], ['--check']]) {
        const run = await database.migrate([...flags, '--json']);
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
        expect(database.files()).toEqual(before);
      }
    });
  });

  describe.each(['write', 'read'] as const)(
    'when another process holds it to %s',
    access => {
      it('says who, and changes nothing', async () => {
        const before = database.files();
        const hold = await holdDatabase(database.file, access);
        try {
          const run = await database.migrate();
          expect(run.code).toBe(4);
          expect(run.stderr).toContain('DATABASE_LOCKED');
          expect(run.stderr).toMatch(
            new RegExp(`is held by .*node.* \\(PID ${hold.pid}\\)`),
          );
          expect(database.files()).toEqual(before);
        } finally {
          await hold.release();
        }
        expect(await database.migrate()).toMatchObject({ code: 0 });
      });
    },
  );

  describe('when another process reads it', () => {
    it('checks and plans all the same', async () => {
      const hold = await holdDatabase(database.file, 'read');
      try {
        expect(await database.migrate(['--check'])).toMatchObject({ code: 0 });
        expect(await database.migrate(['--dry-run'])).toMatchObject({
          code: 0,
        });
      } finally {
        await hold.release();
      }
    });
  });

  describe('when it is a symbolic link to a database', () => {
    it('migrates the database and leaves the link a link', async () => {
      const elsewhere = join(database.folder, 'real');
      mkdirSync(elsewhere);
      const real = join(elsewhere, 'real.duckdb');
      renameSync(database.file, real);
      symlinkSync(real, database.file);
      expect(await database.migrate()).toMatchObject({ code: 0 });
      expect(lstatSync(database.file).isSymbolicLink()).toBe(true);
      expect(
        nodeDuckdb.read([real], ['SELECT max(id) FROM applied_migrations']),
      ).toEqual([{ texts: ['0002_more'] }]);
    });
  });

  describe('when it has a second name', () => {
    it('leaves what has that name as it was', async () => {
      linkSync(database.file, join(database.folder, 'other.duckdb'));
      const { 'other.duckdb': before } = database.files();
      expect(await database.migrate()).toMatchObject({ code: 0 });
      expect(database.files()).toMatchObject({ 'other.duckdb': before });
    });
  });
});
