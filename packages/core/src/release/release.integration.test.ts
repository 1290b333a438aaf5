import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addCommits, git, readRefs } from 'dojo-testing';
import { localReleases, packageHistory } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

jest.setTimeout(60_000);

describe('release', () => {
  let local: LocalReleases;
  beforeEach(() => {
    local = localReleases();
  });
  afterEach(() => local.dispose());

  const onlyChange = (path: string) =>
    git(path, ['show', '--format=', '--stat', 'main']).split('\n').at(-1);

  describe('when there is something to release', () => {
    it('plans it without writing anything', async () => {
      const path = local.make();
      const before = readRefs(path);
      const result = await local.release(
        { repository: path },
        { dryRun: true },
      );
      expect(result).toMatchObject({
        outcome: 'planned',
        version: '1.1.0',
        previousVersion: '1.0.0',
        tag: 'v1.1.0',
        effects: [],
      });
      expect(readRefs(path)).toBe(before);
      expect(readdirSync(join(local.root, 'tmp'))).toEqual([]);
    });

    it.each(['sha1', 'sha256'] as const)(
      'pushes one commit and one annotated tag to a %s repository',
      async format => {
        const path = local.make(packageHistory, format);
        const base = git(path, ['rev-parse', 'main']);
        const result = await local.release({ repository: path });
        expect(result).toMatchObject({
          outcome: 'released',
          version: '1.1.0',
          commit: git(path, ['rev-parse', 'main']),
          effects: [{ kind: 'done', key: 'refs main + v1.1.0' }],
        });
        expect(git(path, ['rev-parse', 'main^'])).toBe(base);
        expect(git(path, ['rev-parse', 'v1.1.0^{commit}'])).toBe(result.commit);
        expect(git(path, ['cat-file', '-t', 'v1.1.0'])).toBe('tag');
        expect(git(path, ['show', 'main:package.json'])).toContain('"1.1.0"');
        expect(git(path, ['show', 'main:CHANGELOG.md'])).toContain('two');
        expect(onlyChange(path)).toMatch(/2 files changed/);
        expect(git(path, ['fsck', '--strict'])).toBe('');
        expect(git(path, ['log', '-1', '--format=%at %ct', 'main'])).toBe(
          `${git(path, ['log', '-1', '--format=%ct', base])} 1795341600`,
        );
      },
    );

    it('does it as the reviewed plan says, and a second time changes nothing', async () => {
      const path = local.make();
      const { planHash } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      await local.release({ repository: path }, { planHash });
      const after = readRefs(path);
      const again = await local.release({ repository: path }, { planHash });
      expect(again).toMatchObject({
        outcome: 'released',
        version: '1.1.0',
        commit: git(path, ['rev-parse', 'main']),
        effects: [],
      });
      expect(again).not.toHaveProperty('previousVersion');
      expect(again.plan.shows).toMatchObject({
        reason: 'Already released by an earlier run: 1.1.0.',
        diffs: [],
        effects: [],
      });
      expect((await local.release({ repository: path })).outcome).toBe(
        'already-released',
      );
      expect(readRefs(path)).toBe(after);
    });

    it('refuses a version that exists by name, except of the run that made it', async () => {
      const path = local.make();
      const byName = { repository: path, bump: '1.1.0' };
      const { planHash } = await local.release(byName, { dryRun: true });
      await local.release(byName, { planHash });
      addCommits(path, [{ message: 'fix: more' }]);
      const after = readRefs(path);

      await expect(local.release(byName)).rejects.toMatchObject({
        code: 'RELEASE_VERSION_EXISTS',
        kind: 'input',
        hint: 'Choose auto (1.1.1) or a higher version.',
      });
      expect(await local.release(byName, { planHash })).toMatchObject({
        outcome: 'released',
        version: '1.1.0',
      });
      expect(readRefs(path)).toBe(after);
    });

    it('keeps the mode of an executable version file and makes nested folders', async () => {
      const path = local.make([
        { message: 'feat: begin', files: { VERSION: '1.0.0\n' } },
      ]);
      git(path, ['symbolic-ref', 'HEAD', 'refs/heads/main']);
      const blob = git(path, ['rev-parse', 'main:VERSION']);
      const tree = git(path, ['mktree'], `100755 blob ${blob}\tVERSION\n`);
      const commit = git(path, ['commit-tree', tree, '-m', 'feat: begin']);
      git(path, ['update-ref', 'refs/heads/main', commit]);
      await local.release({
        repository: path,
        changelog: 'docs/notes/CHANGES.md',
      });
      expect(
        git(path, ['ls-tree', '-r', '--format=%(objectmode) %(path)', 'main']),
      ).toBe('100755 VERSION\n100644 docs/notes/CHANGES.md');
    });
  });

  describe('when there is nothing to release', () => {
    it('has nothing to release where only chores came', async () => {
      const path = local.make([
        ...packageHistory.slice(0, 1),
        { message: 'chore: x' },
      ]);
      const before = readRefs(path);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'nothing-to-release',
        version: '1.0.0',
        tag: 'v1.0.0',
        effects: [],
      });
      expect(readRefs(path)).toBe(before);
    });
  });
});
