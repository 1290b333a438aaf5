import { statSync } from 'node:fs';
import { bundleDojo, runOnDisk } from 'dojo-testing';
import type { Disk } from 'dojo-testing';
import { DatabaseFolder, filesOf } from '../__testUtils__/database-folder';

/** Rows that no compression makes small: 16 bytes each. */
const grow = (rows: number) =>
  `INSERT INTO t SELECT uuid() FROM range(${rows});`;

/** Where no file system may be mounted, the limit of a file's size stands in, which DuckDB tells otherwise. */
const refusedByLimit = /^[35] [A-Z_]+: /;

jest.setTimeout(60_000);

describe('dojo migrate', () => {
  let database: DatabaseFolder;
  beforeAll(() => bundleDojo());
  beforeEach(async () => {
    database = new DatabaseFolder();
    database.write({
      '0001_core.sql': `CREATE TABLE t (u UUID); ${grow(100_000)}`,
    });
    await database.prepare();
    database.writeWal(grow(1000));
  });
  afterEach(() => database.dispose());

  const migrateOn = (disk: Disk) => {
    const { folder, file, migrations } = database;
    const before = database.files();
    const run = runOnDisk(disk, folder, [
      ...['migrate', '--database', file, '--migrations', migrations],
      '--json',
    ]);
    expect(filesOf(run.after)).toEqual(before);
    const { error } = JSON.parse(run.stdout) as {
      error: { code: string; message: string };
    };
    expect(run.stderr).toContain(error.message);
    return { exit: run.code, by: run.by, ...error };
  };

  describe('when there is no space for a copy', () => {
    it('says how much is needed before it writes anything', () => {
      database.write({ '0002_more.sql': grow(10) });
      const mebibytes = 1 + Math.ceil(statSync(database.file).size / 2 ** 20);
      const { by, code, exit, message } = migrateOn({
        kind: 'full',
        mebibytes,
      });
      expect(`${exit} ${code}: ${message}`).toMatch(
        by === 'mount'
          ? /^5 DATABASE_NO_SPACE: .* has \d+ bytes free, and \d+ are needed$/
          : refusedByLimit,
      );
    });
  });

  describe('when the disk runs full on the way', () => {
    it('says so, and database and WAL are as they were', () => {
      database.write({ '0002_more.sql': grow(4_000_000) });
      const { by, code, exit, message } = migrateOn({
        kind: 'full',
        mebibytes: 16,
      });
      expect(`${exit} ${code}: ${message}`).toMatch(
        by === 'mount' ? /^5 DATABASE_SPACE_RAN_OUT: / : refusedByLimit,
      );
    });
  });

  describe('when the folder is read-only', () => {
    it('says so, and changes nothing', () => {
      database.write({ '0002_more.sql': grow(10) });
      expect(migrateOn({ kind: 'read-only' })).toMatchObject({
        code: 'DATABASE_FOLDER_READ_ONLY',
        exit: 3,
      });
    });
  });
});
