import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { addCommits, git, readRefs } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

jest.setTimeout(60_000);

describe('release', () => {
  let local: LocalReleases;
  beforeEach(() => {
    local = localReleases();
  });
  afterEach(() => local.dispose());

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
        const path = local.make();
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
      const path = local.make();
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
      const path = local.make();
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
  });

  describe('when the forge holds repositories below one folder', () => {
    const below = () =>
      local.ports({ localRoot: { kind: 'below', path: local.root } });

    it('opens those by name', async () => {
      local.make();
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
      const path = local.make();
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
      const path = local.make();
      git(path, ['config', 'receive.advertiseAtomic', 'false']);
      const before = readRefs(path);
      const { effects } = await local.release({ repository: path });
      expect(effects[0]).toMatchObject({
        kind: 'failed',
        error: { code: 'GIT_NO_ATOMIC_PUSH', kind: 'refused' },
      });
      expect(readRefs(path)).toBe(before);
    });

    it('stacks no second commit on one whose tag the server dropped', async () => {
      const path = local.make();
      git(path, ['config', 'transfer.hideRefs', 'refs/tags']);
      const count = () => Number(git(path, ['rev-list', '--count', 'main']));
      const before = count();
      for (const _ of ['first run', 'second run']) {
        await expect(
          failureOf(local.release({ repository: path })),
        ).resolves.toMatchObject({ code: 'RELEASE_TAG_MISSING' });
        expect(count()).toBe(before + 1);
      }
    });
  });
});
