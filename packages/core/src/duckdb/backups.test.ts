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
import { listBackups } from './backups';

describe('listBackups', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-backups-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves out what is no file, or gone by now', async () => {
    const pathOf = (level: number) =>
      join(folder, `l.duckdb.bak.20261122T071530123Z-000${level}`);
    writeFileSync(pathOf(1), 'ledger');
    symlinkSync('none', pathOf(2));
    mkdirSync(pathOf(3));
    execFileSync('mkfifo', ['--', pathOf(4)]);
    symlinkSync(pathOf(1), pathOf(5));
    const backups = await listBackups({
      path: join(folder, 'l.duckdb'),
      folder,
      name: 'l.duckdb',
      exists: true,
    });
    expect(backups.map(({ level, bytes }) => [level, bytes])).toEqual([
      ['0005', 6],
      ['0001', 6],
    ]);
  });
});
