import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { seedInfra } from './seed-infra.mjs';

const folder = mkdtempSync(join(tmpdir(), 'seed-infra-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const forgeOf = name => {
  const forge = join(folder, name);
  mkdirSync(forge);
  return forge;
};
const git = (forge, ...args) =>
  execFileSync('git', [`--git-dir=${join(forge, 'infra.git')}`, ...args], {
    encoding: 'utf8',
  }).trim();

describe('seedInfra', () => {
  it('makes a repository of overlays without any, the same everywhere', async () => {
    const [one, other] = ['one', 'other'].map(forgeOf);
    for (const forge of [one, other]) {
      assert.equal(await seedInfra(forge), true);
    }
    git(one, 'fsck', '--strict');
    assert.equal(git(one, 'symbolic-ref', 'HEAD'), 'refs/heads/main');
    assert.equal(git(one, 'ls-tree', '-r', '--name-only', 'HEAD'), 'README.md');
    assert.equal(git(one, 'rev-list', '--count', 'HEAD'), '1');
    assert.equal(git(one, 'show-ref'), git(other, 'show-ref'));
  });

  it('leaves one alone that is there', async () => {
    const forge = forgeOf('used');
    mkdirSync(join(forge, 'infra.git'));
    assert.equal(await seedInfra(forge), false);
    assert.deepEqual(readdirSync(join(forge, 'infra.git')), []);
  });

  it('starts over where an earlier run was killed half-way', async () => {
    const forge = forgeOf('killed');
    mkdirSync(join(forge, 'infra.git.draft/refs'), { recursive: true });
    assert.equal(await seedInfra(forge), true);
    git(forge, 'fsck', '--strict');
    assert.deepEqual(readdirSync(forge), ['infra.git']);
  });
});
