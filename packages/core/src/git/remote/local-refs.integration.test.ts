import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocalRefs } from './local-refs';

describe('readLocalRefs', () => {
  let root: string;
  let repository: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@example.com',
      },
    }).trim();
  const commit = (message: string) =>
    git(
      'commit-tree',
      '-m',
      message,
      '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    );
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-refs-'));
    repository = join(root, 'service.git');
    mkdirSync(repository);
    git('init', '--quiet', '--bare', '-b', 'main');
    git('hash-object', '-t', 'tree', '-w', '/dev/null');
    const first = commit('first');
    git('update-ref', 'refs/heads/main', first);
    git('update-ref', 'refs/heads/feature/deep', commit('second'));
    git('tag', 'v1.0.0', first);
    git('tag', '-a', '-m', 'noted', 'v1.1.0', first);
    git('update-ref', 'refs/notes/dojo', commit('note'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const everything = [
    'HEAD',
    'refs/heads/*',
    'refs/tags/v1.0.0',
    'refs/tags/v1.0.0^{}',
    'refs/tags/v1.1.0',
    'refs/tags/v1.1.0^{}',
    'refs/tags/v9.0.0',
    'refs/notes/dojo',
  ];
  const lines = (text: string | undefined) => text?.split('\n').sort();
  const read = async (patterns = everything) =>
    lines(await readLocalRefs(repository, patterns));
  const told = (patterns = everything) =>
    lines(`${git('ls-remote', '--symref', repository, ...patterns)}\n`);

  it('reads what git tells of refs in files of their own', async () => {
    expect(await read()).toEqual(told());
    expect(await read(['HEAD'])).toEqual(told(['HEAD']));
    expect(await read(['refs/tags/v1.1.0', 'refs/tags/v1.1.0^{}'])).toEqual(
      told(['refs/tags/v1.1.0', 'refs/tags/v1.1.0^{}']),
    );
  });

  it('reads what git tells of packed refs, and of those that moved since', async () => {
    git('pack-refs', '--all');
    expect(await read()).toEqual(told());
    git('update-ref', 'refs/heads/main', commit('third'));
    git('tag', '-f', 'v1.0.0', 'refs/heads/main');
    git('tag', '-f', '-a', '-m', 'again', 'v1.1.0', 'refs/heads/main');
    git('update-ref', '-d', 'refs/heads/feature/deep');
    git('update-ref', 'refs/heads/feature', commit('fourth'));
    expect(await read()).toEqual(told());
  });

  it('reads a HEAD whose branch is not there yet', async () => {
    git('symbolic-ref', 'HEAD', 'refs/heads/other');
    expect(await read()).toEqual(told());
  });

  it('reads a repository without any ref', async () => {
    rmSync(repository, { recursive: true });
    mkdirSync(repository);
    git('init', '--quiet', '--bare', '-b', 'main');
    await expect(readLocalRefs(repository, everything)).resolves.toBe('');
  });

  it.each<[string, () => void]>([
    [
      'hides refs',
      () => git('config', 'transfer.hideRefs', 'refs/heads/feature'),
    ],
    [
      'has an extension',
      () => git('config', 'extensions.preciousObjects', '1'),
    ],
    [
      'includes more configuration',
      () => git('config', 'include.path', join(root, 'more')),
    ],
    [
      'is linked to another',
      () => writeFileSync(join(repository, 'commondir'), '..\n'),
    ],
    [
      'has a detached HEAD',
      () => git('update-ref', '--no-deref', 'HEAD', commit('away')),
    ],
    [
      'has a ref that leads to another',
      () => git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main'),
    ],
    [
      'has a ref that is damaged',
      () => writeFileSync(join(repository, 'refs/heads/main'), ''),
    ],
    [
      'has a link for a ref',
      () => {
        const elsewhere = join(root, 'elsewhere');
        writeFileSync(elsewhere, `${commit('away')}\n`);
        symlinkSync(elsewhere, join(repository, 'refs/heads/link'));
      },
    ],
    [
      'has a pipe for a ref',
      () => {
        execFileSync('mkfifo', [join(repository, 'refs/heads/pipe')]);
      },
    ],
    [
      'has a tag of a tag',
      () => git('tag', '-f', '-a', '-m', 'outer', 'v1.0.0', 'v1.1.0'),
    ],
    [
      'does not say what packed tags lead to',
      () =>
        writeFileSync(
          join(repository, 'packed-refs'),
          `${git('rev-parse', 'main')} refs/tags/v9.0.0\n`,
        ),
    ],
    [
      'has more refs than are read at once',
      () => {
        git('pack-refs', '--all');
        appendFileSync(
          join(repository, 'packed-refs'),
          '#'.repeat(16 * 1024 * 1024),
        );
      },
    ],
  ])('leaves one to git that %s', async (_, make) => {
    make();
    await expect(
      readLocalRefs(repository, everything),
    ).resolves.toBeUndefined();
  });

  it('leaves all tags, names that are none, and folders that are no repository to git', async () => {
    const readThese = (...patterns: string[]) =>
      readLocalRefs(repository, patterns);
    await expect(readThese('refs/tags/*')).resolves.toBeUndefined();
    await expect(readThese('refs/heads/../../config')).resolves.toBeUndefined();
    await expect(readThese('main')).resolves.toBeUndefined();
    await expect(
      readLocalRefs(join(root, 'none.git'), ['HEAD']),
    ).resolves.toBeUndefined();
  });
});
