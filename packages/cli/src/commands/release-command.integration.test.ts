import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseResultSchema } from 'backstage-plugin-dojo-common';
import { addCommits, git, makeRepository, readRefs } from 'dojo-testing';
import { runDojo } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

describe('dojo release', () => {
  let root: string;
  let path: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-cli-test-'));
    path = join(root, 'ledger.git');
    makeRepository(path, {
      commits: [
        { message: 'feat: a', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
        { message: 'feat(ui): b', files: { b: '1' } },
      ],
    });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const release = (...args: string[]) =>
    runDojo(['release', '--repository', 'ledger.git', ...args], { cwd: root });

  it('shows the plan of a dry run for a person', async () => {
    const before = readRefs(path);
    const { code, stdout } = await release('--dry-run');
    expect(code).toBe(0);
    for (const line of [
      /^Planned, nothing written: 1\.0\.0 → 1\.1\.0$/m,
      /minor {2}feat\(ui\): b/,
      /^ {2}\+1\.1\.0$/m,
      /^will happen: Push the release commit/m,
      /^plan [0-9a-f]{64}$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
    expect(readRefs(path)).toBe(before);
  });

  it('prints plan and outcomes as JSON, and nothing else there', async () => {
    const planned = await release('--dry-run', '--json');
    const plan = releaseResultSchema.parse(JSON.parse(planned.stdout));
    const run = await release('--json', '--plan-hash', plan.planHash);
    const result = releaseResultSchema.parse(JSON.parse(run.stdout));
    expect(run.code).toBe(0);
    expect(result).toMatchObject({
      outcome: 'released',
      version: '1.1.0',
      commit: git(path, ['rev-parse', 'main']),
      planHash: plan.planHash,
    });
    expect(run.stderr).toMatch(/^done: refs main \+ v1\.1\.0$/m);
  });

  it('dates the tag by SOURCE_DATE_EPOCH', async () => {
    await runDojo(['release', '--repository', 'ledger.git'], {
      cwd: root,
      env: { SOURCE_DATE_EPOCH: '1800000000' },
    });
    expect(git(path, ['log', '-1', '--format=%ct', 'main'])).toBe('1800000000');
    expect(git(path, ['show', 'main:CHANGELOG.md'])).toContain('2027-01-15');
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown branch', ['--branch', 'x'], 2, /RELEASE_BRANCH_UNKNOWN/],
    ['a lower version', ['--bump', '0.1.0'], 3, /RELEASE_VERSION_NOT_ABOVE/],
    ['another plan', ['--plan-hash', 'a'.repeat(64)], 4, /PLAN_CHANGED/],
    ['a plan hash that is none', ['--plan-hash', 'x'], 2, /64 hexadecimal/],
    ['a version to abandon that is none', ['--abandon', 'v1'], 2, /abandon/],
    ['a bump that is none', ['--bump', 'huge'], 2, /bump/],
    ['an unknown flag', ['--force'], 2, /unknown option/],
    [
      'a server that is not there',
      ['--repository', 'http://127.0.0.1:9/a.git'],
      5,
      /GIT_UNAVAILABLE/,
    ],
  ])('ends with %s by its exit code', async (_, args, code, message) => {
    const before = readRefs(path);
    const ended = await release(...args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
    expect(ended.stdout).toBe('');
    expect(readRefs(path)).toBe(before);
  });

  it('says an error in JSON where JSON was asked for', async () => {
    const { stdout } = await release('--branch', 'x', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'RELEASE_BRANCH_UNKNOWN', kind: 'not-found' },
    });
  });

  it('says that nothing was released where the server refused', async () => {
    git(path, ['config', 'receive.advertiseAtomic', 'false']);
    const { code, stdout } = await release();
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Not released: 1\.0\.0 → 1\.1\.0$/m);
    expect(stdout).toMatch(/GIT_NO_ATOMIC_PUSH/);
  });

  it('shows what a terminal would obey', async () => {
    addCommits(path, [{ message: 'fix: \u001b[2Jgone\r', files: { c: '1' } }]);
    const { stdout } = await release('--dry-run');
    expect(stdout).toContain('fix: \ufffd[2Jgone');
    expect(stdout).not.toContain('\u001b');
  });

  it('stops where it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('SIGINT received'));
    const before = readRefs(path);
    const { stderr } = await runDojo(
      ['release', '--repository', 'ledger.git'],
      { cwd: root, signal },
    );
    expect(stderr).toMatch(/^stopped; .* run it again to finish$/m);
    expect(readRefs(path)).toBe(before);
  });
});
