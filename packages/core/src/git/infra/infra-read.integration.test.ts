import { addCommits, git } from 'dojo-testing';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { InfraPlace, reaches, signal } from './__testUtils__/infra-place';

jest.setTimeout(60_000);

/** Adds a commit of raw tree entries: what no ordinary client would push. */
function addEntries(path: string, entries: readonly string[]): string {
  const tree = git(path, ['mktree', '--missing'], `${entries.join('\n')}\n`);
  return git(path, ['commit-tree', tree, '-m', 'by hand']);
}

describe.each(reaches)('GitInfraRepository, read %s', reach => {
  let place: InfraPlace;
  let path: string;

  beforeEach(() => {
    place = new InfraPlace();
    path = place.make([
      {
        message: 'deploy: ledger to dev\n\nDojo-Version: 1.0.0\n',
        files: {
          'ledger/dev/kustomization.yaml': 'images: [1.0.0]\n',
          'ledger/dev/patches/a.yaml': 'a: 1\r\n',
          'web/dev/kustomization.yaml': 'images: [web]\n',
          'README.md': 'x',
        },
      },
      { message: 'docs: a word', files: { 'README.md': 'y' } },
      {
        message: 'deploy: ledger 1.1.0 to dev',
        files: { 'ledger/dev/kustomization.yaml': 'images: [1.1.0]\n' },
        author: Buffer.from('Zoë O’Hara <zoe@example.com>'),
      },
      { message: 'deploy: web', files: { 'web/dev/kustomization.yaml': 'w' } },
    ]);
  });
  afterEach(() => place.dispose());

  const rev = (text: string) => git(path, ['rev-parse', text]);

  describe('readHead', () => {
    it('tells the default branch, also one called trunk', async () => {
      git(path, ['branch', '-m', 'main', 'trunk']);
      const repository = await place.open(reach);
      await expect(repository.readHead(undefined, signal)).resolves.toEqual({
        branch: 'trunk',
        commit: rev('trunk'),
      });
    });

    it('tells a named branch, and that a name is not there', async () => {
      git(path, ['branch', 'next', 'main~1']);
      const repository = await place.open(reach);
      await expect(repository.readHead('next', signal)).resolves.toEqual({
        branch: 'next',
        commit: rev('main~1'),
      });
      await expect(repository.readHead('gone', signal)).rejects.toMatchObject({
        code: 'GIT_BRANCH_NOT_FOUND',
        kind: 'not-found',
        message: expect.stringContaining(
          'has no branch gone (branches: main, next)',
        ),
      });
      await expect(repository.readBranch('gone', signal)).resolves.toBe(
        undefined,
      );
      await expect(repository.readBranch('next', signal)).resolves.toBe(
        rev('main~1'),
      );
    });

    it('says so where HEAD names a branch that is not there', async () => {
      git(path, ['symbolic-ref', 'HEAD', 'refs/heads/gone']);
      const repository = await place.open(reach);
      await expect(
        repository.readHead(undefined, signal),
      ).rejects.toMatchObject({
        code: 'GIT_BRANCH_NOT_FOUND',
        message: expect.stringContaining('no default branch (branches: main)'),
      });
    });

    it.each(['--upload-pack=touch pwned', '-f', 'a:b', 'a..b', '*', 'x\n'])(
      'refuses the name %j',
      async branch => {
        const repository = await place.open(reach);
        for (const attempt of [
          repository.readHead(branch, signal),
          repository.readBranch(branch, signal),
        ]) {
          await expect(failureOf(attempt)).resolves.toMatchObject({
            code: 'GIT_REF_INVALID',
            kind: 'input',
          });
        }
      },
    );
  });

  describe('files', () => {
    it('reads texts as they are, and says what is not there', async () => {
      const repository = await place.open(reach);
      const files = repository.files(rev('main'));
      await expect(
        files.readFiles(
          [
            'ledger/dev/patches/a.yaml',
            './ledger//dev/kustomization.yaml',
            'ledger/dev',
            'README.md/x',
            '../README.md',
            '/README.md',
            '',
            'gone',
          ],
          signal,
        ),
      ).resolves.toEqual([
        'a: 1\r\n',
        'images: [1.1.0]\n',
        ...Array.from({ length: 6 }, () => undefined),
      ]);
    });

    it('lists the files below a folder', async () => {
      const repository = await place.open(reach);
      const files = repository.files(rev('main'));
      const below = ['kustomization.yaml', 'patches/a.yaml'];
      await expect(files.listFiles('ledger/dev', signal)).resolves.toEqual(
        below.map(name => `ledger/dev/${name}`),
      );
      await expect(files.listFiles('.', signal)).resolves.toHaveLength(4);
      for (const folder of ['gone', 'README.md', '..', '/']) {
        await expect(files.listFiles(folder, signal)).resolves.toEqual([]);
      }
    });

    it('refuses links and submodules by name, also above what is asked for', async () => {
      const blob = git(path, ['hash-object', '-w', '--stdin'], '/etc/passwd');
      const commit = addEntries(path, [
        `120000 blob ${blob}\tlink`,
        `160000 commit ${rev('main')}\tsub`,
        `100644 blob ${blob}\tplain`,
      ]);
      git(path, ['update-ref', 'refs/heads/strange', commit]);
      const repository = await place.open(reach);
      const files = repository.files(commit);
      await expect(files.readFiles(['plain'], signal)).resolves.toEqual([
        '/etc/passwd',
      ]);
      for (const [asked, named] of [
        ['link', '"link" of'],
        ['link/kustomization.yaml', '"link" of'],
        ['sub', '"sub" of'],
        ['sub/a/b', '"sub" of'],
      ]) {
        await expect(files.readFiles([asked], signal)).rejects.toMatchObject({
          code: 'GIT_FOLDER_ENTRY',
          kind: 'refused',
          message: expect.stringContaining(named),
        });
      }
      await expect(files.listFiles('.', signal)).rejects.toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
      });
      await expect(
        repository.readTree(commit, 'sub/a', signal),
      ).rejects.toMatchObject({ code: 'GIT_FOLDER_ENTRY' });
    });

    it('refuses what is not UTF-8, by name, and only where it is read', async () => {
      addCommits(path, [
        {
          message: 'latin1',
          files: {
            'ledger/dev/old.yaml': Buffer.from([0x61, 0xe9]),
            'ledger/dev/zero.yaml': Buffer.from([0x61, 0]),
          },
        },
      ]);
      const repository = await place.open(reach);
      const files = repository.files(rev('main'));
      await expect(
        files.readFiles(['ledger/dev/kustomization.yaml'], signal),
      ).resolves.toEqual(['images: [1.1.0]\n']);
      for (const name of ['ledger/dev/old.yaml', 'ledger/dev/zero.yaml']) {
        await expect(files.readFiles([name], signal)).rejects.toMatchObject({
          code: 'GIT_FILE_NOT_TEXT',
          message: expect.stringContaining(name),
        });
      }
    });

    it('does not unfold a small tree into millions of paths', async () => {
      const blob = git(path, ['hash-object', '-w', '--stdin'], 'x');
      let entries = Array.from(
        { length: 10 },
        (_, index) => `100644 blob ${blob}\tf${index}`,
      );
      for (let depth = 0; depth < 12; depth += 1) {
        const tree = git(path, ['mktree'], `${entries.join('\n')}\n`);
        entries = Array.from(
          { length: 10 },
          (_, index) => `040000 tree ${tree}\td${index}`,
        );
      }
      const commit = addEntries(path, entries);
      git(path, ['update-ref', 'refs/heads/bomb', commit]);
      const repository = await place.open(reach);
      await expect(
        repository.files(commit).listFiles('.', signal),
      ).rejects.toMatchObject({ code: 'GIT_FOLDER_TOO_LARGE' });
    });

    it.each(['main', 'HEAD', '--all', 'abc', '', 'A'.repeat(40)])(
      'takes no commit by the name %j',
      async commit => {
        const repository = await place.open(reach);
        const refused = { code: 'GIT_COMMIT_INVALID', kind: 'input' };
        expect(() => repository.files(commit)).toThrow(
          expect.objectContaining(refused),
        );
        for (const attempt of [
          repository.readTree(commit, '.', signal),
          repository.readHistory(commit, '.', 1, signal),
          repository.readAt([commit], 'a', signal),
        ]) {
          await expect(failureOf(attempt)).resolves.toMatchObject(refused);
        }
      },
    );
  });

  describe('readTree', () => {
    it('is the id that git has for the folder', async () => {
      const repository = await place.open(reach);
      const head = rev('main');
      for (const [folder, name] of [
        ['ledger/dev', 'main:ledger/dev'],
        ['ledger/dev/', 'main:ledger/dev'],
        ['.', 'main^{tree}'],
      ]) {
        await expect(repository.readTree(head, folder, signal)).resolves.toBe(
          rev(name),
        );
      }
      for (const folder of ['gone', 'README.md', 'README.md/x', '../x']) {
        await expect(repository.readTree(head, folder, signal)).resolves.toBe(
          undefined,
        );
      }
    });
  });

  describe('readHistory and readAt', () => {
    it('tell the commits of a folder, newest first, and a file at each', async () => {
      const repository = await place.open(reach);
      const head = rev('main');
      const log = await repository.readHistory(head, 'ledger/dev', 10, signal);
      expect(log).toEqual([
        {
          commit: rev('main~1'),
          message: 'deploy: ledger 1.1.0 to dev',
          date: new Date('2023-11-14T22:15:20Z'),
          author: 'Zoë O’Hara <zoe@example.com>',
          isLanding: true,
        },
        {
          commit: rev('main~3'),
          message: 'deploy: ledger to dev\n\nDojo-Version: 1.0.0\n',
          date: new Date('2023-11-14T22:13:20Z'),
          author: 'Ada <ada@example.com>',
          isLanding: true,
        },
      ]);
      await expect(
        repository.readAt(
          log.map(({ commit }) => commit),
          'ledger/dev/kustomization.yaml',
          signal,
        ),
      ).resolves.toEqual(['images: [1.1.0]\n', 'images: [1.0.0]\n']);
      await expect(
        repository.readAt([head, rev('main~3')], 'ledger/dev/none', signal),
      ).resolves.toEqual([undefined, undefined]);
      await expect(repository.readAt([], 'x', signal)).resolves.toEqual([]);
    });

    it('stops at the cap', async () => {
      const repository = await place.open(reach);
      const log = await repository.readHistory(rev('main'), '.', 2, signal);
      expect(log.map(({ commit }) => commit)).toEqual([
        rev('main'),
        rev('main~1'),
      ]);
      expect(repository.warnings).toEqual([]);
    });

    it('knows the history of a folder that is gone or came by a merge', async () => {
      addCommits(path, [
        {
          message: 'proposal',
          branch: 'side',
          from: 'refs/heads/main',
          files: { 'ledger/dev/kustomization.yaml': 'images: [1.2.0]\n' },
        },
      ]);
      const merge = git(path, [
        'commit-tree',
        'side^{tree}',
        '-p',
        'main',
        '-p',
        'side',
        '-m',
        'merge',
      ]);
      const empty = git(path, ['mktree'], '');
      const removal = git(path, [
        'commit-tree',
        empty,
        '-p',
        merge,
        '-m',
        'rm',
      ]);
      git(path, ['update-ref', 'refs/heads/main', removal]);
      const repository = await place.open(reach);
      const log = await repository.readHistory(removal, 'ledger', 10, signal);
      expect(
        log.map(({ message, isLanding }) => [message.trim(), isLanding]),
      ).toEqual([
        ['rm', true],
        ['merge', true],
        ['proposal', false],
        ['deploy: ledger 1.1.0 to dev', true],
        ['deploy: ledger to dev\n\nDojo-Version: 1.0.0', true],
      ]);
    });

    it('are read whole after a file was, and all at once', async () => {
      const repository = await place.open(reach);
      const head = rev('main');
      const file = ['web/dev/kustomization.yaml'];
      await expect(
        repository.files(head).readFiles(file, signal),
      ).resolves.toEqual(['w']);
      const folders = ['ledger', 'web', 'gone', '.', 'README.md', 'ledger/dev'];
      const [old, ...logs] = await Promise.all([
        repository.files(rev('main~2')).readFiles(['README.md'], signal),
        ...folders.map(folder =>
          repository.readHistory(head, folder, 9, signal),
        ),
        repository.readTree(rev('main~3'), 'web/dev', signal),
      ]);
      expect(old).toEqual(['y']);
      expect(logs.map(log => log?.length)).toEqual([2, 2, 0, 4, 2, 2, 40]);
      expect(repository.warnings).toEqual([]);
    });

    it('looks further where the folder was quiet for long', async () => {
      addCommits(
        path,
        Array.from({ length: 450 }, (_, index) => ({
          message: `web ${index}`,
          files: { 'web/dev/kustomization.yaml': `${index}` },
        })),
      );
      const repository = await place.open(reach);
      const head = rev('main');
      const log = await repository.readHistory(head, 'ledger', 2, signal);
      expect(log.map(({ message }) => message.slice(0, 20))).toEqual([
        'deploy: ledger 1.1.0',
        'deploy: ledger to de',
      ]);
    });
  });
});
