import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { addCommits, git, makeRepository, readRefs } from 'dojo-testing';
import type { CommitToMake } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

const packageJson = (version: string) =>
  `{\n  "name": "ledger",\n  "version": "${version}"\n}\n`;
const history: CommitToMake[] = [
  {
    message: 'feat: begin',
    files: { 'package.json': packageJson('1.0.0') },
    tag: 'v1.0.0',
  },
  { message: 'fix: one\n', files: { a: '1' } },
  { message: 'feat(api): two\n', files: { b: '2' } },
];

describe('release', () => {
  let local: LocalReleases;
  beforeEach(() => {
    local = localReleases();
  });
  afterEach(() => local.dispose());

  const make = (
    commits: readonly CommitToMake[] = history,
    objectFormat: 'sha1' | 'sha256' = 'sha1',
  ) => {
    const path = local.path('ledger');
    makeRepository(path, { commits, objectFormat });
    return path;
  };
  const onlyChange = (path: string) =>
    git(path, ['show', '--format=', '--stat', 'main']).split('\n').at(-1);

  describe('when there is something to release', () => {
    it('plans it without writing anything', async () => {
      const path = make();
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
        const path = make(history, format);
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
      const path = make();
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
      expect((await local.release({ repository: path })).outcome).toBe(
        'already-released',
      );
      expect(readRefs(path)).toBe(after);
    });

    it('keeps the mode of an executable version file and makes nested folders', async () => {
      const path = make([
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

    it('releases once when ten start at once', async () => {
      const path = make();
      const results = await Promise.all(
        Array.from({ length: 10 }, () => local.release({ repository: path })),
      );
      expect(git(path, ['tag', '--list']).split('\n')).toEqual([
        'v1.0.0',
        'v1.1.0',
      ]);
      expect(git(path, ['rev-list', '--count', 'v1.0.0..main'])).toBe('3');
      const outcomes = results.map(({ outcome }) => outcome);
      expect(outcomes).toContain('released');
      expect(outcomes).not.toContain('failed');
      expect(new Set(results.map(({ commit }) => commit)).size).toBe(1);
    }, 60_000);
  });

  describe('when the branch is a line of its own', () => {
    it('finds the version tag that it holds, not the highest one', async () => {
      const path = make([
        ...history,
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

    it('refuses a version that another line took', async () => {
      const path = make([
        ...history,
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
      const path = make([
        ...history.slice(0, 1),
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

    it('cannot be misled by a branch that is named like the tag', async () => {
      const path = make([
        ...history,
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
      const path = make();
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
      const path = make();
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
      const path = make([...history, commit]);
      await expect(local.release({ repository: path })).resolves.toMatchObject({
        outcome: 'released',
        version: '1.1.0',
      });
      expect(git(path, ['tag', '--list'])).toContain('v1.1.0');
    });

    it('says so where only the newest of a long history were read', async () => {
      const path = make(
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

  describe('when the input is bad', () => {
    const refusals: [
      string,
      (path: string) => void,
      ReleaseRequestInput | undefined,
      string,
      RegExp,
    ][] = [
      [
        'an unknown branch',
        () => {},
        { repository: '', branch: 'nope' },
        'RELEASE_BRANCH_UNKNOWN',
        /"nope" does not exist in .*; it has main$/,
      ],
      [
        'an option-like branch',
        () => {},
        { repository: '', branch: '--upload-pack=id' },
        'RELEASE_BRANCH_UNKNOWN',
        /does not exist/,
      ],
      [
        'a lower version',
        () => {},
        { repository: '', bump: '0.9.0' },
        'RELEASE_VERSION_NOT_ABOVE',
        /0\.9\.0 is not above 1\.0\.0/,
      ],
      [
        'a version file that is absent',
        () => {},
        { repository: '', versionFiles: ['x.json'] },
        'RELEASE_VERSION_FILE_MISSING',
        /x\.json does not exist/,
      ],
      [
        'invalid JSON',
        path =>
          addCommits(path, [
            { message: 'fix: x', files: { 'package.json': '{' } },
          ]),
        undefined,
        'RELEASE_VERSION_FILE_INVALID',
        /package\.json/,
      ],
      [
        'invalid TOML',
        path =>
          addCommits(path, [
            { message: 'fix: x', files: { 'pyproject.toml': '[' } },
          ]),
        undefined,
        'RELEASE_VERSION_FILE_INVALID',
        /pyproject\.toml/,
      ],
      [
        'a version file without a version',
        path =>
          addCommits(path, [{ message: 'fix: x', files: { 'x.json': '{}' } }]),
        { repository: '', versionFiles: ['x.json'] },
        'RELEASE_VERSION_FILE_WITHOUT_VERSION',
        /x\.json holds no version/,
      ],
      [
        'a binary changelog',
        path =>
          addCommits(path, [
            {
              message: 'fix: x',
              files: { 'CHANGELOG.md': Buffer.from([0, 1, 2]) },
            },
          ]),
        undefined,
        'RELEASE_CHANGELOG_UNREADABLE',
        /binary/,
      ],
      [
        'a directory as version file',
        path =>
          addCommits(path, [{ message: 'fix: x', files: { 'pkg/x': '1' } }]),
        { repository: '', versionFiles: ['pkg'] },
        'RELEASE_VERSION_FILE',
        /directory/,
      ],
    ];
    it.each(refusals)(
      'refuses %s',
      async (_, change, request, code, message) => {
        const path = make();
        change(path);
        const before = readRefs(path);
        const failure = await failureOf(
          local.release({ ...request, repository: path }),
        );
        expect(failure.code).toMatch(new RegExp(`^${code}`));
        expect(failure.message).toMatch(message);
        expect(failure.message).not.toContain('\n');
        expect(readRefs(path)).toBe(before);
      },
    );

    it('refuses a symbolic link as version file', async () => {
      const path = make();
      const blob = git(path, ['hash-object', '-w', '--stdin'], 'package.json');
      const entries = `${git(path, [
        'ls-tree',
        'main',
      ])}\n120000 blob ${blob}\tVERSION\n160000 commit ${git(path, [
        'rev-parse',
        'main',
      ])}\tsub\n`;
      const tree = git(path, ['mktree'], entries);
      const commit = git(path, [
        'commit-tree',
        tree,
        '-p',
        'main',
        '-m',
        'fix: x',
      ]);
      git(path, ['update-ref', 'refs/heads/main', commit]);
      for (const [name, what] of [
        ['VERSION', 'a symbolic link'],
        ['sub', 'a submodule'],
      ]) {
        const failure = await failureOf(
          local.release({ repository: path, versionFiles: [name] }),
        );
        expect(failure.message).toContain(what);
      }
    });

    it('refuses an empty repository', async () => {
      const path = local.path('empty');
      execFileSync('git', ['init', '-q', '--bare', path]);
      await expect(
        failureOf(local.release({ repository: path })),
      ).resolves.toMatchObject({ code: 'RELEASE_REPOSITORY_EMPTY' });
    });

    it('refuses a checkout and names its origin', async () => {
      const path = make();
      const checkout = join(local.root, 'checkout');
      execFileSync('git', ['clone', '-q', path, checkout]);
      for (const repository of [checkout, join(checkout, '.git')]) {
        const failure = await failureOf(local.release({ repository }));
        expect(failure).toMatchObject({ code: 'GIT_CHECKOUT', kind: 'input' });
        expect(failure.hint).toContain(path);
      }
    });

    it('refuses what is no repository, and what does not exist', async () => {
      await expect(
        failureOf(local.release({ repository: local.root })),
      ).resolves.toMatchObject({ code: 'GIT_NOT_A_REPOSITORY' });
      await expect(
        failureOf(local.release({ repository: 'file:nowhere.git' })),
      ).resolves.toMatchObject({ code: 'GIT_REPOSITORY_NOT_FOUND' });
    });

    it('has nothing to release where only chores came', async () => {
      const path = make([...history.slice(0, 1), { message: 'chore: x' }]);
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

  describe('when the forge holds repositories below one folder', () => {
    const below = () =>
      local.ports({ localRoot: { kind: 'below', path: local.root } });

    it('opens those by name', async () => {
      make();
      await expect(
        local.release(
          { repository: 'file:ledger.git' },
          { dryRun: true },
          below(),
        ),
      ).resolves.toMatchObject({ version: '1.1.0' });
    });

    it.each([
      'file:///etc',
      'file:../x.git',
      'file:link.git',
      '/etc',
      'file:///',
    ])('refuses %s', async repository => {
      symlinkSync('/etc', join(local.root, 'link.git'));
      await expect(
        failureOf(local.release({ repository }, {}, below())),
      ).resolves.toMatchObject({ code: 'GIT_PATH_OUTSIDE_FORGE' });
    });
  });

  describe('when the remote refuses', () => {
    const hook = (path: string, text: string) => {
      writeFileSync(join(path, 'hooks/pre-receive'), `#!/bin/sh\n${text}\n`);
      chmodSync(join(path, 'hooks/pre-receive'), 0o755);
    };

    it('shows the message of its hook, made printable', async () => {
      const path = make();
      hook(path, `printf 'no \\033[31mreleases on Sunday\\n' >&2; exit 1`);
      const before = readRefs(path);
      const { outcome, effects } = await local.release({ repository: path });
      expect(outcome).toBe('failed');
      expect(effects).toEqual([
        {
          kind: 'failed',
          key: 'refs main + v1.1.0',
          error: expect.objectContaining({
            code: 'GIT_PUSH_REJECTED',
            kind: 'refused',
            message: expect.stringMatching(
              /rejected the push: no \[31mreleases on Sunday \(pre-receive hook declined\); nothing was pushed$/,
            ),
          }),
        },
      ]);
      expect(readRefs(path)).toBe(before);
    });

    it('refuses one without atomic pushes', async () => {
      const path = make();
      git(path, ['config', 'receive.advertiseAtomic', 'false']);
      const before = readRefs(path);
      const { effects } = await local.release({ repository: path });
      expect(effects[0]).toMatchObject({
        kind: 'failed',
        error: { code: 'GIT_NO_ATOMIC_PUSH', kind: 'refused' },
      });
      expect(readRefs(path)).toBe(before);
    });
  });

  describe('when the plan was reviewed', () => {
    it('refuses it once the branch moved', async () => {
      const path = make();
      const { planHash } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      addCommits(path, [{ message: 'fix: late' }]);
      const before = readRefs(path);
      await expect(
        failureOf(local.release({ repository: path }, { planHash })),
      ).resolves.toMatchObject({
        code: 'RELEASE_PLAN_CHANGED',
        kind: 'conflict',
      });
      expect(readRefs(path)).toBe(before);
    });

    it('plans again by itself where it was not, and the branch moves in between', async () => {
      const path = make();
      let moved = false;
      const ports = local.ports();
      const result = await local.release(
        { repository: path },
        {},
        {
          openRepository: async (url, signal) => {
            const repository = await ports.openRepository(url, signal);
            const push = repository.pushRelease.bind(repository);
            return Object.assign(repository, {
              pushRelease: (...args: Parameters<typeof push>) => {
                if (!moved) addCommits(path, [{ message: 'docs: human' }]);
                moved = true;
                return push(...args);
              },
            });
          },
        },
      );
      expect(result).toMatchObject({ outcome: 'released', version: '1.1.0' });
      expect(git(path, ['log', '--format=%s', '-2', 'main'])).toBe(
        'chore(release): 1.1.0\ndocs: human',
      );
    });
  });
});
