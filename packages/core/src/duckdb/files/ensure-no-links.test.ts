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
import { ensureNoLinks } from './ensure-no-links';

describe('ensureNoLinks', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-links-')));
    mkdirSync(join(folder, 'env/a'), { recursive: true });
    mkdirSync(join(folder, 'env/b'));
    writeFileSync(join(folder, 'env/b/l.duckdb'), '');
    symlinkSync('../b/l.duckdb', join(folder, 'env/a/l.duckdb'));
    symlinkSync('b', join(folder, 'env/c'));
    symlinkSync('env', join(folder, 'linked'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const check = (fixed: string, path: string) =>
    ensureNoLinks(join(folder, path), join(folder, fixed));

  it.each([
    ['env', 'env/b/l.duckdb'],
    ['env', 'env/b/new.duckdb'],
    ['env', 'env/new/l.duckdb'],
    // How the folder itself is reached is a matter of the configuration.
    ['linked', 'linked/b/l.duckdb'],
  ])('lets below %s pass %s', async (fixed, path) => {
    await expect(check(fixed, path)).resolves.toBeUndefined();
  });

  it.each([
    ['env', 'env/a/l.duckdb', 'env/a/l.duckdb is a symbolic link'],
    ['env', 'env/c/l.duckdb', /l\.duckdb is reached by the symbolic link .*c,/],
    ['env', 'env/c/new.duckdb', /is reached by the symbolic link .*c,/],
    ['.', 'linked/b/l.duckdb', /is reached by the symbolic link .*linked,/],
    ['env', 'other/l.duckdb', /l\.duckdb/],
    ['env', 'env', /env/],
  ])('refuses below %s the path %s', async (fixed, path, says) => {
    await expect(check(fixed, path)).rejects.toMatchObject({
      code: 'DATABASE_LINK_REFUSED',
      message: expect.stringMatching(says),
    });
  });
});
