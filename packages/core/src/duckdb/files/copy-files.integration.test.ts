import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyFiles } from './copy-files';

jest.setTimeout(60_000);

describe('copyFiles', () => {
  const { signal } = new AbortController();
  const path = process.env.PATH;
  let folder: string;
  let target: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-copy-'));
    target = join(folder, 'target');
    mkdirSync(target);
    writeFileSync(join(folder, "-a 'b.duckdb"), 'database');
    writeFileSync(join(folder, "-a 'b.duckdb.wal"), 'commits');
    chmodSync(join(folder, "-a 'b.duckdb"), 0o640);
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const copy = (among = signal) =>
    copyFiles(
      [join(folder, "-a 'b.duckdb"), join(folder, "-a 'b.duckdb.wal")],
      target,
      among,
    );

  it.each([
    ['with cp', () => undefined],
    [
      'without it',
      () => {
        process.env.PATH = '/nowhere';
      },
    ],
  ])('copies bytes, mode and time, %s', async (_, prepare) => {
    prepare();
    await copy();
    const [file, wal] = readdirSync(target).map(name => join(target, name));
    expect(readFileSync(file, 'utf8')).toBe('database');
    expect(readFileSync(wal, 'utf8')).toBe('commits');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(Math.round(statSync(file).mtimeMs)).toBe(
      Math.round(statSync(join(folder, "-a 'b.duckdb")).mtimeMs),
    );
  });

  it('says what keeps it from copying', async () => {
    rmSync(target, { recursive: true });
    await expect(copy()).rejects.toMatchObject({
      code: 'DATABASE_COPY_FAILED',
      // And no stack.
      message: expect.stringMatching(/ENOENT: no such file(?!.* at )/),
    });
  });

  it('does not begin where it is cancelled', async () => {
    await expect(
      copy(AbortSignal.abort(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
    expect(readdirSync(target)).toEqual([]);
  });
});
