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
import { listBackups, pruneBackups } from './backups';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojo-backups-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = () => ({
  path: join(folder, 'l.duckdb'),
  folder,
  name: 'l.duckdb',
  exists: true,
});
const pathOf = (level: number) =>
  join(folder, `l.duckdb.bak.20261122T071530123Z-000${level}`);

describe('listBackups', () => {
  it('leaves out what is no file of its own, or gone by now', async () => {
    writeFileSync(pathOf(1), 'ledger');
    symlinkSync('none', pathOf(2));
    mkdirSync(pathOf(3));
    execFileSync('mkfifo', ['--', pathOf(4)]);
    symlinkSync(pathOf(1), pathOf(5));
    const backups = await listBackups(place());
    expect(backups.map(({ level, bytes }) => [level, bytes])).toEqual([
      ['0001', 6],
    ]);
  });
});

describe('pruneBackups', () => {
  describe('when one cannot be removed', () => {
    it('leaves it, and removes the others', async () => {
      [1, 2, 3, 4].forEach(level => writeFileSync(pathOf(level), 'ledger'));
      const promises =
        jest.requireActual<typeof import('node:fs/promises')>(
          'node:fs/promises',
        );
      const { rm } = promises;
      const spy = jest
        .spyOn(promises, 'rm')
        .mockImplementation((path, how) =>
          path === pathOf(2)
            ? Promise.reject(new Error('EPERM'))
            : rm(path, how),
        );
      await pruneBackups(place(), 1).finally(() => spy.mockRestore());
      const levels = (await listBackups(place())).map(({ level }) => level);
      expect(levels).toEqual(['0004', '0002']);
    });
  });
});
