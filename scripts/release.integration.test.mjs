import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT, workspaces } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'release-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const git = (...args) =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8' });

describe('scripts/release', () => {
  it('plans one version for the repository and all that goes to npm', () => {
    const repository = join(folder, 'repository.git');
    // A clone of one commit, as CI has, has no history to clone.
    git('init', '--quiet', '--bare', '--initial-branch=main', repository);
    const tree = execFileSync('git', ['write-tree'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim();
    const commit = execFileSync(
      'git',
      ['commit-tree', tree, '-m', 'feat: all of it'],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...Object.fromEntries(
            ['AUTHOR', 'COMMITTER'].flatMap(who => [
              [`GIT_${who}_NAME`, 'Ada'],
              [`GIT_${who}_EMAIL`, 'ada@example.com'],
            ]),
          ),
        },
      },
    ).trim();
    execFileSync(
      'git',
      ['push', '--quiet', repository, `${commit}:refs/heads/main`],
      { cwd: ROOT },
    );

    const said = execFileSync(
      join(ROOT, 'scripts/release'),
      ['--dry-run', '--json', '--bump', '0.2.0'],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, REPOSITORY: repository },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const { outcome, tag, plan } = JSON.parse(said);
    assert.deepEqual([outcome, tag], ['planned', 'v0.2.0']);
    const published = [...workspaces().values()]
      .filter(({ manifest }) => !manifest.private)
      .map(({ folder: place }) => `${place}/package.json`);
    assert.ok(published.includes('packages/cli/package.json'));
    assert.deepEqual(
      plan.decides.release.edits.map(({ path }) => path).sort(),
      ['CHANGELOG.md', 'package.json', ...published].sort(),
    );
  });
});

describe('scripts/newest-version', () => {
  const run = () =>
    spawnSync(join(ROOT, 'scripts/newest-version'), {
      cwd: folder,
      encoding: 'utf8',
    });

  it('is the highest version, not the latest or longest tag', () => {
    git('init', '--quiet', '.');
    git(
      ...['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'],
      ...['commit', '--quiet', '--allow-empty', '-m', 'a'],
    );
    const { status, stderr } = run();
    assert.deepEqual([status, stderr], [1, 'no version was released yet\n']);
    for (const tag of [
      'v0.10.0',
      'v0.10.0-rc.1',
      'v0.9.1',
      'vnext',
      'x-v9.0.0',
    ]) {
      git('tag', tag);
    }
    assert.equal(run().stdout, 'v0.10.0\n');
  });
});
