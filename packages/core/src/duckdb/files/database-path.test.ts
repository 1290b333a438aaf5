import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDatabase, findWals } from './database-path';

describe('findDatabase', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-path-')));
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'what?'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['l?.duckdb', 'DATABASE_PATH_UNUSABLE'],
    ['what?/l.duckdb', 'DATABASE_PATH_UNUSABLE'],
    ['n'.repeat(191), 'DATABASE_PATH_UNUSABLE'],
    ['ü'.repeat(96), 'DATABASE_PATH_UNUSABLE'],
    ['n'.repeat(300), 'DATABASE_PATH_UNUSABLE'],
    ['file/l.duckdb', 'DATABASE_FOLDER_MISSING'],
    ['none/l.duckdb', 'DATABASE_FOLDER_MISSING'],
  ])('takes %s for no database: %s', async (name, code) => {
    await expect(findDatabase(join(folder, name))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(join(folder, name)),
    });
  });

  it.each([
    ['a pipe', (wal: string) => void execFileSync('mkfifo', ['--', wal])],
    ['a folder', (wal: string) => mkdirSync(wal)],
    ['a link', (wal: string) => symlinkSync('file', wal)],
  ])('refuses a database whose WAL is %s', async (_, make) => {
    const wal = join(folder, 'file.wal');
    make(wal);
    await expect(findDatabase(join(folder, 'file'))).rejects.toMatchObject({
      code: 'DATABASE_WAL_UNUSABLE',
      message: expect.stringContaining(`${wal} does not belong`),
    });
  });

  it('takes the longest name whose backups have names too', async () => {
    const path = join(folder, 'n'.repeat(190));
    await expect(findDatabase(path)).resolves.toMatchObject({ exists: false });
    const backup = `${path}.bak.20261122T071530123Z-123456789_replaced`;
    writeFileSync(`${backup}.wal.checkpoint`, '');
    await expect(findWals(backup)).resolves.toEqual([
      `${backup}.wal.checkpoint`,
    ]);
  });
});
