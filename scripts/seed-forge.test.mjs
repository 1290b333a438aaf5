import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readdir, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { seedForge } from './seed-forge.mjs';
import { ROOT } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'seed-forge-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const packaged = 'src/ledger/sql/migrations';

const git = (root, ...args) =>
  execFileSync('git', [`--git-dir=${join(root, 'ledger.git')}`, ...args], {
    encoding: 'utf8',
  }).trim();

describe('seedForge', () => {
  describe('when there is no forge', () => {
    const root = join(folder, 'forge');

    it('makes the ledger with three released versions and an unreleased breaking change', async () => {
      assert.equal(await seedForge(root), true);

      git(root, 'fsck', '--strict');
      assert.equal(git(root, 'symbolic-ref', 'HEAD'), 'refs/heads/main');
      assert.equal(git(root, 'tag'), 'v0.1.0\nv0.2.0\nv0.3.0');
      assert.equal(git(root, 'cat-file', '-t', 'v0.3.0'), 'tag');
      const released = git(root, 'log', '--format=%s', 'v0.3.0').split('\n');
      assert.equal(
        released.filter(s => s.startsWith('chore(release): ')).length,
        3,
      );
      const unreleased = git(root, 'log', '--format=%s', 'v0.3.0..').split(
        '\n',
      );
      assert.ok(released.length + unreleased.length >= 40);
      assert.ok(unreleased.includes('Tidy up after the demo'));
      assert.equal(
        unreleased.filter(s => /^\w+(\(\w+\))?!:/.test(s)).length,
        1,
      );
    });

    it('names in the revert the commit that it undoes', () => {
      const [, undone] =
        /This reverts commit ([0-9a-f]{40})\./.exec(
          git(root, 'log', '-1', '--grep=^Revert', '--format=%B'),
        ) ?? [];
      assert.equal(
        git(root, 'log', '-1', '--format=%s', undone),
        'feat(reports): net worth as a spreadsheet (#35)',
      );
    });

    it('keeps version files and changelog at the newest version', () => {
      const file = path => git(root, 'show', `HEAD:${path}`);
      assert.match(file('pyproject.toml'), /^version = "0\.3\.0"$/m);
      assert.equal(JSON.parse(file('package.json')).version, '0.3.0');
      assert.match(file('CHANGELOG.md'), /^# Changelog\n\n## 0\.3\.0 \(2026-/);
    });

    it('gives each version its migrations, byte for byte those of this repository', () => {
      const files = (version, folder) =>
        git(root, 'ls-tree', '--name-only', version, `${folder}/`)
          .split('\n')
          .filter(path => path.endsWith('.sql'));
      assert.deepEqual(
        ['v0.1.0', 'v0.2.0', 'v0.3.0'].map(version => [
          files(version, packaged).length,
          files(version, `${packaged}/caches`).length,
        ]),
        [
          [5, 1],
          [10, 2],
          [15, 2],
        ],
      );
      for (const folder of [packaged, `${packaged}/caches`]) {
        for (const path of files('v0.3.0', folder)) {
          const own = path.replace(packaged, 'migrations');
          assert.equal(
            git(root, 'show', `v0.3.0:${path}`),
            readFileSync(join(ROOT, own), 'utf8').trim(),
          );
        }
      }
      assert.equal(
        git(root, 'diff', '--name-only', 'v0.3.0', 'HEAD', '--', packaged),
        '',
      );
    });

    it('gives each version the base that runs it in a cluster', () => {
      for (const version of ['v0.1.0', 'v0.2.0', 'v0.3.0', 'HEAD']) {
        for (const folder of ['base', 'components/ingress']) {
          const path = `deploy/k8s/${folder}`;
          const names = readdirSync(join(ROOT, path));
          assert.ok(names.includes('kustomization.yaml'));
          for (const name of names) {
            assert.equal(
              git(root, 'show', `${version}:${path}/${name}`),
              readFileSync(join(ROOT, path, name), 'utf8').trim(),
            );
          }
        }
      }
    });

    it('leads to the service that the template makes', () => {
      const example = join(ROOT, 'examples/ledger');
      const head = join(folder, 'head');
      execFileSync('git', ['clone', '-q', join(root, 'ledger.git'), head]);
      // What a release writes.
      const plain = path =>
        readFileSync(path, 'utf8').replace(/^version = ".*"$/m, '');
      const files = readdirSync(example, {
        recursive: true,
        withFileTypes: true,
      }).filter(entry => entry.isFile());
      assert.ok(files.length > 100);
      for (const { parentPath, name } of files) {
        const path = relative(example, join(parentPath, name));
        assert.equal(plain(join(head, path)), plain(join(example, path)), path);
      }
      assert.match(
        git(root, 'ls-tree', 'v0.1.0', 'scripts/run-tests'),
        /^100755 /,
      );
    });

    it('makes the same objects again elsewhere', async () => {
      const other = join(folder, 'other');
      await seedForge(other);
      assert.equal(git(other, 'show-ref'), git(root, 'show-ref'));
    });
  });

  describe('when a forge is there', () => {
    it('leaves it alone', async () => {
      const root = join(folder, 'used');
      await mkdir(root);
      assert.equal(await seedForge(root), false);
      assert.deepEqual(await readdir(root), []);
    });
  });

  describe('when an earlier run was killed half-way', () => {
    it('starts over', async () => {
      const root = join(folder, 'killed');
      await mkdir(`${root}.draft/ledger.git`, { recursive: true });
      await writeFile(`${root}.draft/ledger.git/HEAD`, 'half');
      assert.equal(await seedForge(root), true);
      git(root, 'fsck', '--strict');
      assert.ok(!(await readdir(folder)).includes('killed.draft'));
    });
  });
});
