import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationFolder } from './migration-folder';

const { signal } = new AbortController();

describe('migrationFolder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads what ends in .sql, there and in caches, byte for byte', async () => {
    mkdirSync(join(folder, 'caches'));
    mkdirSync(join(folder, 'old'));
    writeFileSync(join(folder, '0001_core.sql'), '\ufeffSELECT 1;\r\n');
    writeFileSync(join(folder, 'README.md'), 'not SQL');
    writeFileSync(join(folder, 'caches/balance.sql'), 'SELECT 2;');
    writeFileSync(join(folder, 'old/0001_core.sql'), 'SELECT 3;');
    const files = await migrationFolder(folder).read(signal);
    expect(
      files
        .map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])
        .sort(),
    ).toEqual([
      ['0001_core.sql', '\ufeffSELECT 1;\r\n'],
      ['caches/balance.sql', 'SELECT 2;'],
    ]);
  });

  it.each([
    ['is missing', () => join(folder, 'nowhere')],
    [
      'is a file',
      () => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file');
      },
    ],
  ])('says so when the folder %s', async (_, make) => {
    const path = make();
    await expect(migrationFolder(path).read(signal)).rejects.toMatchObject({
      code: 'CLI_MIGRATIONS_MISSING',
      message: `${path} is no folder`,
    });
  });

  it('names what it cannot read', async () => {
    mkdirSync(join(folder, '0001_core.sql'));
    await expect(migrationFolder(folder).read(signal)).rejects.toMatchObject({
      code: 'CLI_MIGRATIONS_UNREADABLE',
      message: `${join(folder, '0001_core.sql')} cannot be read: EISDIR`,
    });
  });

  it('refuses a dump that got the name of a migration', async () => {
    const path = join(folder, '0001_core.sql');
    writeFileSync(path, Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    await expect(migrationFolder(folder).read(signal)).rejects.toMatchObject({
      code: 'CLI_MIGRATION_TOO_LARGE',
      message: `${path} is larger than 16.0 MiB, the most that a migration may have`,
    });
  });
});
