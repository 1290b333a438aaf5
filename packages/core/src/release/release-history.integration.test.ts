import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { addCommits, git, readRefs } from 'dojo-testing';
import type { CommitToMake } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases, packageHistory } from './__testUtils__/local-release';
import type {
  LocalReading,
  LocalReleases,
} from './__testUtils__/local-release';

jest.setTimeout(60_000);

const readings: readonly LocalReading[] = ['read in place', 'fetched'];

describe.each(readings)('release of a history %s', reading => {
  let local: LocalReleases;
  beforeEach(() => {
    local = localReleases(reading);
  });
  afterEach(() => local.dispose());

  describe('when the branch is a line of its own', () => {
    it('finds the version tag that it holds, not the highest one', async () => {
      const path = local.make([
        ...packageHistory,
        { message: 'feat!: new world', tag: 'v2.0.0' },
        { message: 'fix: old', from: 'v1.0.0', branch: '1.x' },
      ]);
      const result = await local.release({ repository: path, branch: '1.x' });
      expect(result).toMatchObject({
        outcome: 'released',
        version: '1.0.1',
        previousVersion: '1.0.0',
      });
      expect(result.plan.shows.commits.map(({ subject }) => subject)).toEqual([
        'fix: old',
      ]);
    });

    it('tells what the default branch lacks, and knows a fix that was picked over', async () => {
      const path = local.make([
        ...packageHistory,
        { message: 'feat!: new world', tag: 'v2.0.0' },
        { message: 'fix: both (#7)' },
        { message: 'fix: both (#9)', from: 'v1.0.0', branch: 'release/1' },
        { message: 'fix: here alone (#8)', branch: 'release/1' },
      ]);
      const { plan } = await local.release({
        repository: path,
        branch: 'release/1',
        maintenance: 'release/*',
      });
      expect(plan.shows.staysLatest).toBe('2.0.0');
      expect(plan.shows.warnings).toContain(
        '1 fix of this branch is not on main: fix: here alone.',
      );
    });

    it.each([
      ['release/*', 'main and release/* are'],
      ['', 'only main is'],
    ])('refuses a branch that %j does not name', async (maintenance, what) => {
      const path = local.make([
        ...packageHistory,
        { message: 'fix: old', from: 'v1.0.0', branch: '1.x' },
      ]);
      const before = readRefs(path);
      await expect(
        failureOf(
          local.release({ repository: path, branch: '1.x', maintenance }),
        ),
      ).resolves.toMatchObject({
        code: 'RELEASE_BRANCH_NOT_MAINTAINED',
        message: `"1.x" is no branch to release: ${what}`,
      });
      expect(readRefs(path)).toBe(before);
      const main = { repository: path, branch: 'main', maintenance };
      await expect(local.release(main)).resolves.toBeDefined();
    });

    it('refuses a version that another line took', async () => {
      const path = local.make([
        ...packageHistory,
        {
          message: 'fix: elsewhere',
          from: 'v1.0.0',
          branch: 'x',
          tag: 'v1.1.0',
        },
      ]);
      const before = readRefs(path);
      await expect(
        failureOf(local.release({ repository: path, branch: 'main' })),
      ).resolves.toMatchObject({ code: 'RELEASE_VERSION_TAKEN' });
      expect(readRefs(path)).toBe(before);
    });

    it('counts what a merge brought, and not what the tag holds', async () => {
      const path = local.make([
        ...packageHistory.slice(0, 1),
        { message: 'feat: side', from: 'v1.0.0', branch: 'side' },
        { message: 'fix: trunk', from: 'v1.0.0' },
      ]);
      const [main, side] = ['main', 'side'].map(name =>
        git(path, ['rev-parse', name]),
      );
      const merge = git(path, [
        'commit-tree',
        'main^{tree}',
        '-p',
        main,
        '-p',
        side,
        '-m',
        'Merge branch side',
      ]);
      git(path, ['update-ref', 'refs/heads/main', merge]);
      const { plan, version } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      expect(version).toBe('1.1.0');
      expect(plan.shows.commits.map(({ subject }) => subject).sort()).toEqual([
        'Merge branch side',
        'feat: side',
        'fix: trunk',
      ]);
    });

    it('plays reverts in the order of the graph, not of the clocks', async () => {
      const path = local.make([
        ...packageHistory.slice(0, 1),
        { message: 'feat: risky', from: 'v1.0.0' },
        { message: 'fix: beside', from: 'v1.0.0', branch: 'side' },
      ]);
      const [risky, side] = ['main', 'side'].map(name =>
        git(path, ['rev-parse', name]),
      );
      const tree = git(path, ['rev-parse', 'main^{tree}']);
      const commit = (second: number, message: string, parents: string[]) =>
        git(
          path,
          ['hash-object', '-t', 'commit', '-w', '--stdin'],
          [
            `tree ${tree}`,
            ...parents.map(parent => `parent ${parent}`),
            `author Ada <ada@example.com> ${second} +0000`,
            `committer Ada <ada@example.com> ${second} +0000`,
            `\n${message}\n`,
          ].join('\n'),
        );
      // Made on a machine that is years slow.
      const message = `Revert "feat: risky"\n\nThis reverts commit ${risky}.`;
      const revert = commit(1_600_000_000, message, [risky]);
      const merge = commit(1_800_000_000, 'Merge side', [revert, side]);
      git(path, ['update-ref', 'refs/heads/main', merge]);
      const { plan, version, notes } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      expect(version).toBe('1.0.1');
      expect(notes).not.toContain('risky');
      const subjects = plan.shows.commits.map(({ subject }) => subject);
      expect(subjects.indexOf('Revert "feat: risky"')).toBeLessThan(
        subjects.indexOf('feat: risky'),
      );
    });

    it('cannot be misled by a branch that is named like the tag', async () => {
      const path = local.make([
        ...packageHistory,
        { message: 'chore: x', from: 'v1.0.0', branch: 'v1.0.0' },
      ]);
      await expect(
        local.release({ repository: path, branch: 'main' }),
      ).resolves.toMatchObject({ outcome: 'released', version: '1.1.0' });
    });
  });

  describe('when the tag is unusual', () => {
    it.each([
      ['lightweight', (path: string) => git(path, ['tag', 'v1.1.0', 'main'])],
      [
        'a tag of a tag',
        (path: string) => {
          git(path, ['tag', '-a', '-m', 'in', 'inner', 'main']);
          git(path, ['tag', '-a', '-m', 'out', 'v1.1.0', 'inner']);
        },
      ],
      [
        'without tagger',
        (path: string) => {
          const commit = git(path, ['rev-parse', 'main']);
          const oid = git(
            path,
            ['hash-object', '-t', 'tag', '-w', '--stdin'],
            `object ${commit}\ntype commit\ntag v1.1.0\n\nold\n`,
          );
          git(path, ['update-ref', 'refs/tags/v1.1.0', oid]);
        },
      ],
    ])('takes one that is %s', async (_, tag) => {
      const path = local.make();
      tag(path);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'already-released',
        version: '1.1.0',
      });
      addCommits(path, [{ message: 'fix: more' }]);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'released',
        version: '1.1.1',
      });
    });

    it('passes by one that leads to no commit', async () => {
      const path = local.make();
      git(path, ['tag', 'v9.0.0', 'main:package.json']);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'released',
        version: '1.1.0',
      });
    });
  });

  describe('when commits are unusual', () => {
    it.each<[string, CommitToMake]>([
      ['without message', { message: '' }],
      [
        'with a message of 10 MB',
        { message: `fix: big\n\n${'x'.repeat(10_000_000)}` },
      ],
      [
        'with bytes that are no UTF-8',
        { message: Buffer.from([0x66, 0x69, 0x78, 0x3a, 0x20, 0xff, 0xfe]) },
      ],
      [
        'by a name that is no UTF-8',
        {
          message: 'fix: x',
          author: Buffer.from([0x4a, 0xf6, 0x20, 0x3c, 0x6a, 0x40, 0x78, 0x3e]),
        },
      ],
    ])('releases one %s', async (_, commit) => {
      const path = local.make([...packageHistory, commit]);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'released',
        version: '1.1.0',
      });
      expect(git(path, ['tag', '--list'])).toContain('v1.1.0');
    });

    it('refuses more than is read of the commits of a release', async () => {
      const size = 55 * 1024 * 1024;
      const path = local.make([
        ...packageHistory,
        ...['a', 'b', 'c', 'd', 'e'].map(letter => ({
          message: `fix: ${letter.repeat(size)}`,
        })),
      ]);
      await expect(
        failureOf(local.release({ repository: path })),
      ).resolves.toMatchObject({
        code: 'GIT_COMMITS_TOO_LARGE',
        kind: 'refused',
        message: expect.stringContaining('at most 268435456 are read'),
      });
      // 275 MB are written and read.
    }, 300_000);

    it('refuses a version file that is too large, by its size alone', async () => {
      const path = local.make([
        ...packageHistory,
        {
          message: 'fix: big',
          files: {
            'package.json': `{"version":"1.0.0"}${' '.repeat(2 ** 21)}`,
          },
        },
      ]);
      await expect(
        failureOf(local.release({ repository: path })),
      ).resolves.toMatchObject({ code: 'RELEASE_FILE_TOO_LARGE' });
    });

    it('says so where only the newest of a long history were read', async () => {
      const path = local.make(
        Array.from({ length: 1_010 }, (_, index) => ({
          message: `fix: ${index}`,
        })),
      );
      const { plan } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      expect(plan.shows.cappedAt).toBe(1_000);
      expect(plan.shows.commits).toHaveLength(1_000);
    });
  });
});

describe('release', () => {
  describe('when the local repository cannot be read in place', () => {
    let local: LocalReleases;
    beforeEach(() => {
      local = localReleases();
    });
    afterEach(() => local.dispose());

    it('refuses a shallow one, whose tags and commits are elsewhere', async () => {
      const whole = local.make([
        ...packageHistory,
        { message: 'fix: three', tag: 'v1.1.0' },
        { message: 'fix: four' },
        { message: 'fix: five' },
      ]);
      const shallow = local.path('shallow');
      git(local.root, [
        'clone',
        '-q',
        '--bare',
        '--depth=2',
        `file://${whole}`,
        shallow,
      ]);
      await expect(
        failureOf(local.release({ repository: shallow })),
      ).resolves.toMatchObject({ code: 'GIT_SHALLOW', kind: 'refused' });
      expect(git(shallow, ['tag', '--list'])).toBe('');
    });

    it('releases one whose real path has a line end', async () => {
      const path = local.make();
      const odd = join(local.root, 'two\nlines.git');
      renameSync(path, odd);
      symlinkSync(odd, path);
      const result = await local.release({ repository: path });
      expect(result).toMatchObject({ outcome: 'released', version: '1.1.0' });
      expect(git(odd, ['tag', '--list'])).toContain('v1.1.0');
    });
  });
});
