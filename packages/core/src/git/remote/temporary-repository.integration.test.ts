import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTemporaryRepository } from './temporary-repository';

jest.setTimeout(60_000);

describe('createTemporaryRepository', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-temporary-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('removes those of dead runs of this host, and no others', async () => {
    const host = hostname().replace(/[^A-Za-z0-9]/g, '');
    const { pid: dead } = spawnSync(process.execPath, ['-e', '0']);
    const kept = [
      `dojo-git-${host}-${process.pid}-abc`,
      `dojo-git-another${host}-${dead}-abc`,
      `something-${dead}-abc`,
    ];
    for (const name of [...kept, `dojo-git-${host}-${dead}-abc`]) {
      mkdirSync(join(root, name, 'below'), { recursive: true });
    }
    const made = await createTemporaryRepository(root);
    const left = readdirSync(root).map(name => join(root, name));
    expect(left.sort()).toEqual(
      [...kept.map(name => join(root, name)), made.folder].sort(),
    );
    await made.dispose();
    expect(readdirSync(root).sort()).toEqual([...kept].sort());
  });
});
