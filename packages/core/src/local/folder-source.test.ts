import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderSource } from './folder-source';

const { signal } = new AbortController();

describe('createFolderSource', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = async () => {
    const files = await createFolderSource(folder).read(signal);
    return Object.fromEntries(
      files.map(({ path, bytes }) => [
        path,
        Buffer.from(bytes).toString('hex'),
      ]),
    );
  };

  it.each<[string, number[]]>([
    ['nothing', []],
    ['text with a byte order mark', [0xef, 0xbb, 0xbf, 0x53]],
    ['a replacement character', [0x53, 0xef, 0xbf, 0xbd]],
    ['Latin-1', [0x53, 0xe4, 0x53]],
    ['a cut character', [0x53, 0xc3]],
    ['UTF-16', [0xff, 0xfe, 0x53, 0x00]],
    ['characters of four bytes and NUL', [0xf0, 0x9f, 0x98, 0x80, 0x00]],
    ['a lone surrogate', [0xed, 0xa0, 0x80]],
  ])('gives the very bytes of %s', async (_, bytes) => {
    writeFileSync(join(folder, '0001_a.sql'), Buffer.from(bytes));
    await expect(read()).resolves.toEqual({
      '0001_a.sql': Buffer.from(bytes).toString('hex'),
    });
  });

  it('reads .sql files of the folder and its caches, and nothing else', async () => {
    mkdirSync(join(folder, 'caches'));
    mkdirSync(join(folder, '0002_folder.sql'));
    for (const path of [
      '0001_a.sql',
      'README.md',
      'caches/b.SQL',
      'caches/c',
    ]) {
      writeFileSync(join(folder, path), '');
    }
    await expect(read()).resolves.toEqual({
      '0001_a.sql': '',
      'caches/b.SQL': '',
    });
  });

  it('gives .sql files of any other folder without their bytes, to be refused by name', async () => {
    for (const path of ['2026', 'Caches', 'caches/old', '.git', 'linked']) {
      mkdirSync(join(folder, path), { recursive: true });
    }
    symlinkSync('..', join(folder, 'linked/round'));
    symlinkSync('none', join(folder, 'dangling'));
    for (const path of [
      '2026/0002_u.sql',
      'Caches/total.sql',
      'caches/old/b.sql',
      '.git/0003_x.sql',
      '._0001_core.sql',
    ]) {
      writeFileSync(join(folder, path), 'S');
    }
    await expect(read()).resolves.toEqual({
      '2026/0002_u.sql': '',
      'Caches/total.sql': '',
      'caches/old/b.sql': '',
    });
  });

  it('reads migrations by the links of a mounted ConfigMap once', async () => {
    mkdirSync(join(folder, '..2026_11_22'));
    writeFileSync(join(folder, '..2026_11_22/0001_a.sql'), 'S');
    symlinkSync('..2026_11_22', join(folder, '..data'));
    symlinkSync('..data/0001_a.sql', join(folder, '0001_a.sql'));
    await expect(read()).resolves.toEqual({ '0001_a.sql': '53' });
  });

  it('says that caches/ cannot be listed', async () => {
    symlinkSync('caches', join(folder, 'caches'));
    await expect(read()).rejects.toMatchObject({
      message: expect.stringContaining(join(folder, 'caches')),
    });
  });

  it('reads the file that a link names, and no folder by its link', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real/a'), 'S');
    symlinkSync('real/a', join(folder, '0001_a.sql'));
    symlinkSync('real', join(folder, '0002_b.sql'));
    await expect(read()).resolves.toEqual({ '0001_a.sql': '53' });
  });

  it.each<[string, (path: string) => void]>([
    ['a link to nothing', path => symlinkSync('none', path)],
    ['a link to itself', path => symlinkSync('0001_a.sql', path)],
    ['a device that has no end', path => symlinkSync('/dev/zero', path)],
    [
      'a pipe that nobody writes',
      path => void execFileSync('mkfifo', ['--', path]),
    ],
  ])('says which file cannot be read: %s', async (_, make) => {
    const path = join(folder, '0001_a.sql');
    make(path);
    await expect(read()).rejects.toMatchObject({
      code: 'MIGRATION_FILE_UNREADABLE',
      message: expect.stringContaining(path),
    });
  });

  it('says which folder cannot be read', async () => {
    const missing = join(folder, 'none');
    await expect(
      createFolderSource(missing).read(signal),
    ).rejects.toMatchObject({
      code: 'MIGRATION_FOLDER_UNREADABLE',
      message: expect.stringContaining(missing),
    });
  });
});
