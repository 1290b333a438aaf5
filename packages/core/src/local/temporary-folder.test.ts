import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostMark } from './run-owner';
import { createTemporaryFolder } from './temporary-folder';

/** More than any process has. */
const deadPid = 999_999_999;

describe('createTemporaryFolder', () => {
  let root: string;
  let other: ChildProcess;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-temporary-'));
    other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  });
  afterEach(() => {
    other.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  const make = (pid: number | undefined, started?: string) => {
    const path = join(root, `.x-${hostMark()}-${pid}-a1b2c3`);
    mkdirSync(path);
    if (started !== undefined) writeFileSync(join(path, '.owner'), started);
    return path;
  };

  it('removes what processes left that died, and those before ones of their id', async () => {
    const left = [make(deadPid), make(other.pid, 'of another boot 1')];
    const folder = await createTemporaryFolder(root, '.x-');
    expect(left.filter(path => existsSync(path))).toEqual([]);
    expect(existsSync(folder.path)).toBe(true);
    await folder.dispose();
    expect(readdirSync(root)).toEqual([]);
  });

  it('leaves what processes have that live, also of an older release', async () => {
    const mine = await createTemporaryFolder(root, '.x-');
    const older = make(other.pid);
    await createTemporaryFolder(root, '.x-');
    expect(existsSync(mine.path)).toBe(true);
    expect(existsSync(older)).toBe(true);
  });

  it('takes no other prefix for its own', async () => {
    const path = join(root, `ax-${hostMark()}-${deadPid}-a1b2c3`);
    mkdirSync(path);
    await createTemporaryFolder(root, '.x-');
    expect(existsSync(path)).toBe(true);
  });
});
