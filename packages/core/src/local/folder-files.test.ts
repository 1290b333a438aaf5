import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../deploy/__testUtils__/failure-of';
import { findWorkTree } from './find-work-tree';
import { createFolderFiles } from './folder-files';

const { signal } = new AbortController();

describe('createFolderFiles', () => {
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-files-')));
    mkdirSync(join(root, 'in/a'), { recursive: true });
    writeFileSync(join(root, 'in/a/b.yaml'), '\ufeffb\r\n');
    writeFileSync(join(root, 'outside'), 'secret');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const read = (...paths: string[]) =>
    createFolderFiles(join(root, 'in')).readFiles(paths, signal);

  it('reads texts as they are, and tells what is no file', async () => {
    expect(await read('a/b.yaml', 'a', 'none', 'a/b.yaml/c', 'x/y')).toEqual([
      '\ufeffb\r\n',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a file', '../outside', 'l', 'l'],
    ['a folder', '..', 'l', 'l/outside'],
    ['nothing', '/nowhere', 'l', 'l'],
    ['what is inside', 'a', 'l', 'l/b.yaml'],
  ])('refuses a link to %s', async (_, to, name, path) => {
    symlinkSync(to, join(root, 'in', name));
    expect(await failureOf(() => read(path))).toBe(
      `KUSTOMIZATION_FILE_UNREADABLE: ${join(
        root,
        'in',
        name,
      )} is a link, which an overlay cannot be rendered from`,
    );
  });

  it('refuses what is no text, and what is no file', async () => {
    writeFileSync(join(root, 'in/x'), Buffer.from([0xff, 0xfe]));
    expect(await failureOf(() => read('x'))).toContain('is no UTF-8 text');
    execFileSync('mkfifo', [join(root, 'in/pipe')]);
    expect(await failureOf(() => read('pipe'))).toContain('is no regular file');
    writeFileSync(join(root, 'in/large'), Buffer.alloc(8 * 1024 * 1024 + 1));
    expect(await failureOf(() => read('large'))).toContain(
      'is larger than 8388608 bytes',
    );
  });

  it('lists what is below a folder', async () => {
    const source = createFolderFiles(root);
    expect(await source.listFiles('in', signal)).toEqual(['in/a/b.yaml']);
    expect([...(await source.listFiles('', signal))].sort()).toEqual([
      'in/a/b.yaml',
      'outside',
    ]);
    expect(await source.listFiles('none', signal)).toEqual([]);
  });

  it('finds the work tree that a folder is in', async () => {
    mkdirSync(join(root, '.git'));
    expect(await findWorkTree(join(root, 'in/a'))).toBe(root);
  });
});
