import { git, makeRepository, startGitServer } from 'dojo-testing';
import type { GitServer } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from '../release/__testUtils__/local-release';
import type { LocalReleases } from '../release/__testUtils__/local-release';
import { createGitOpener } from '../git/git-opener';
import { readTaggedFolder } from './tagged-folder';
import type { FolderToRead } from './repository-data';

jest.setTimeout(60_000);

const folder: FolderToRead = {
  path: 'migrations',
  below: ['caches'],
  ending: '.sql',
  maxFiles: 10,
  maxBytes: 1_000,
};

describe('readTaggedFolder', () => {
  let local: LocalReleases;
  let path: string;
  let server: GitServer | undefined;

  const read = async (
    request: { version?: string; folder?: Partial<FolderToRead> } = {},
    url = path,
  ) => {
    const repository = await createGitOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: local.root },
      temporaryRoot: `${local.root}/tmp`,
    })(url);
    try {
      const { files, ...rest } = await readTaggedFolder(
        repository,
        { ...request, folder: { ...folder, ...request.folder } },
        new AbortController().signal,
      );
      const texts = files.map(({ path: name, bytes }) => [
        name,
        Buffer.from(bytes).toString('utf8'),
      ]);
      return { ...rest, files: Object.fromEntries(texts) };
    } finally {
      await repository.dispose();
    }
  };

  /** Tags a tree of these lines of `git ls-tree`, below `migrations` where nothing else is said, as v9.0.0. */
  const tagTree = (lines: readonly string[], at = 'migrations') => {
    const tree = git(path, ['mktree', '--missing'], `${lines.join('\n')}\n`);
    const root = git(path, ['mktree'], `040000 tree ${tree}\t${at}\n`);
    const commit = git(path, ['commit-tree', '-m', 'by hand', root]);
    git(path, ['tag', 'v9.0.0', commit]);
  };
  const blob = (text: string) =>
    git(path, ['hash-object', '-w', '--stdin'], text);

  beforeEach(() => {
    local = localReleases();
    path = local.path('ledger');
    makeRepository(path, {
      commits: [
        {
          message: 'feat: begin',
          files: { 'migrations/0001_core.sql': 'SELECT 1;\n' },
          tag: 'v1.0.0',
        },
        {
          message: 'feat: more',
          files: {
            'migrations/0002_tags.sql': 'SELECT 2;\r\n',
            'migrations/caches/balance.sql': 'SELECT 3;\n',
            'migrations/caches/old/x.sql': 'no',
            'migrations/README.md': 'no',
            'other/0003_x.sql': 'no',
            '0004_root.sql': 'SELECT 4;',
          },
          tag: 'v1.1.0',
        },
        {
          message: 'feat: next',
          files: { 'migrations/0003_next.SQL': 'SELECT 5;\n' },
          tag: 'v1.2.0-rc.1',
        },
      ],
    });
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    local.dispose();
  });

  it('reads the folder at the highest version that is no pre-release', async () => {
    await expect(read()).resolves.toEqual({
      version: '1.1.0',
      tag: 'v1.1.0',
      commit: git(path, ['rev-parse', 'v1.1.0^0']),
      files: {
        '0001_core.sql': 'SELECT 1;\n',
        '0002_tags.sql': 'SELECT 2;\r\n',
        'caches/balance.sql': 'SELECT 3;\n',
        'caches/old/x.sql': '',
      },
    });
  });

  it('names what is in folders that are not read, hidden ones left alone', async () => {
    const sql = blob('SELECT 6;');
    const tree = (lines: string) => git(path, ['mktree'], lines);
    const inner = tree(
      `100644 blob ${sql}\t0001_x.sql\n120000 blob ${sql}\tlink.sql\n100644 blob ${sql}\tnotes.md\n`,
    );
    tagTree([
      `100644 blob ${sql}\t0001_core.sql`,
      `040000 tree ${tree(`040000 tree ${inner}\t2024\n`)}\told`,
      `040000 tree ${inner}\tCaches`,
      `040000 tree ${inner}\t.git-hooks`,
    ]);
    expect((await read()).files).toEqual({
      '0001_core.sql': 'SELECT 6;',
      'Caches/0001_x.sql': '',
      'Caches/link.sql': '',
      'old/2024/0001_x.sql': '',
      'old/2024/link.sql': '',
    });
  });

  it.each([
    ['1.0.0', ['0001_core.sql']],
    [
      '1.2.0-rc.1',
      [
        '0001_core.sql',
        '0002_tags.sql',
        '0003_next.SQL',
        'caches/balance.sql',
        'caches/old/x.sql',
      ],
    ],
  ])('reads version %s', async (version, names) => {
    const { files } = await read({ version });
    expect(Object.keys(files)).toEqual(names);
  });

  it.each(['./migrations/', 'migrations//.'])('knows %s', async name => {
    const { files } = await read({ folder: { path: name } });
    expect(Object.keys(files)).toHaveLength(4);
  });

  it('reads the root of the repository', async () => {
    const { files } = await read({ folder: { path: '.' } });
    expect(files).toEqual({
      '0004_root.sql': 'SELECT 4;',
      'migrations/0001_core.sql': '',
      'migrations/0002_tags.sql': '',
      'migrations/caches/balance.sql': '',
      'migrations/caches/old/x.sql': '',
      'other/0003_x.sql': '',
    });
  });

  describe('when the repository is elsewhere', () => {
    it('fetches each depth once, and nothing else of the tree', async () => {
      server = await startGitServer({ root: local.root });
      git(path, ['config', 'uploadpack.allowFilter', 'true']);
      git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
      const url = `${server.url}/ledger.git`;
      const { files } = await read({}, url);
      expect(Object.keys(files)).toHaveLength(4);
      const fetches = server.requests.filter(({ method }) => method === 'POST');
      // ls-refs, and two requests (refs, pack) for the commit, its tree, migrations, caches, old, and the files.
      expect(fetches.length).toBeLessThanOrEqual(1 + 2 * 6);
    });
  });

  describe('when it only has pre-releases', () => {
    it('reads the highest of them', async () => {
      git(path, ['tag', '-d', 'v1.0.0', 'v1.1.0']);
      await expect(read()).resolves.toMatchObject({ version: '1.2.0-rc.1' });
    });
  });

  describe('when there is no version', () => {
    it.each([undefined, '1.0.0'])('says so (asked for %s)', async version => {
      git(path, ['tag', '-d', 'v1.0.0', 'v1.1.0', 'v1.2.0-rc.1']);
      expect(await failureOf(read({ version }))).toMatchObject({
        code: 'GIT_VERSION_MISSING',
        message: `${path} has no version yet: no tag such as v1.0.0`,
      });
    });
  });

  describe('when the version is not there', () => {
    it('names the newest ones', async () => {
      expect(await failureOf(read({ version: '3.0.0' }))).toMatchObject({
        code: 'GIT_VERSION_NOT_FOUND',
        message: `${path} has no tag of version 3.0.0 (newest: 1.2.0-rc.1, 1.1.0, 1.0.0)`,
      });
    });
  });

  describe('when the folder is not there', () => {
    it.each(['sql', 'migrations/sql', '../migrations', '--output=x', '..'])(
      'says so of %s',
      async name => {
        expect(await failureOf(read({ folder: { path: name } }))).toMatchObject(
          {
            code: 'GIT_FOLDER_NOT_FOUND',
            message: `${path} has no folder ${name}`,
          },
        );
      },
    );

    it('says what it is instead', async () => {
      const failure = read({ folder: { path: 'migrations/README.md' } });
      expect(await failureOf(failure)).toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
        message: `"README.md" of ${path} is a file, not a directory`,
      });
    });
  });

  describe('when it holds what is no file', () => {
    const submodule = '1'.repeat(40);
    it.each([
      ['a symbolic link', () => `120000 blob ${blob('/etc')}\t0001_a.sql`],
      ['a submodule', () => `160000 commit ${submodule}\t0001_a.sql`],
      [
        'a directory',
        () => `040000 tree ${git(path, ['mktree'], '')}\t0001_a.sql`,
      ],
      ['a symbolic link', () => `120000 blob ${blob('/etc')}\tcaches`],
      ['a submodule', () => `160000 commit ${submodule}\tcaches`],
    ])('refuses %s', async (what, line) => {
      tagTree([line()]);
      expect(await failureOf(read())).toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
        kind: 'refused',
        message: expect.stringContaining(`of ${path} is ${what}, not a`),
      });
    });

    it('follows no link to the folder either', async () => {
      const link = `120000 blob ${blob('/etc')}\tlink`;
      tagTree([link], 'db');
      const failure = read({ folder: { path: 'db/link/migrations' } });
      expect(await failureOf(failure)).toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
        message: `"link" of ${path} is a symbolic link, not a directory`,
      });
    });

    it('takes no name that leads out of the folder', async () => {
      tagTree([`100644 blob ${blob('x')}\t"..\\\\x.sql"`]);
      expect(await failureOf(read())).toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
      });
    });
  });

  describe('when there is too much of it', () => {
    it('refuses many files before reading one', async () => {
      const failure = read({ folder: { maxFiles: 2 } });
      expect(await failureOf(failure)).toMatchObject({
        code: 'GIT_FOLDER_TOO_LARGE',
        message: `folder migrations of ${path} has 4 files; at most 2 are read`,
      });
    });

    it('refuses folders without an end', async () => {
      let tree = git(path, ['mktree'], '');
      for (let depth = 0; depth < 21; depth += 1) {
        tree = git(path, ['mktree'], `040000 tree ${tree}\tx\n`);
      }
      tagTree([`040000 tree ${tree}\tx`]);
      expect(await failureOf(read())).toMatchObject({
        code: 'GIT_FOLDER_TOO_LARGE',
        message: `folder migrations of ${path} has folders more than 20 deep below it`,
      });
    });

    it('refuses large files', async () => {
      const failure = read({ folder: { maxBytes: 30 } });
      expect(await failureOf(failure)).toMatchObject({
        code: 'GIT_FOLDER_TOO_LARGE',
        message: `folder migrations of ${path} has files of more than 30 bytes together`,
      });
    });
  });
});
