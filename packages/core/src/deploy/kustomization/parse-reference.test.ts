import { failureOf } from '../__testUtils__/failure-of';
import { parseFileReference, parseReference } from './parse-reference';

const sha = '0123456789abcdef0123456789abcdef01234567';
const place = 'k.yaml:1';

describe('parseReference', () => {
  it.each([
    ['../base', '../base'],
    ['./pvc.yaml', './pvc.yaml'],
    ['a b/', 'a b/'],
  ])('takes %s for a path', (written, path) => {
    expect(parseReference(written, place)).toEqual({ kind: 'local', path });
  });

  it.each([
    [
      `https://github.com/acme/ledger//deploy/k8s/base?ref=${sha}`,
      'https://github.com/acme/ledger',
      'deploy/k8s/base',
    ],
    [
      `https://git.example.test/a/b/c.git//x?ref=${sha}&timeout=90s&submodules=false`,
      'https://git.example.test/a/b/c.git',
      'x',
    ],
    [
      `https://git.example.test/a/b.git/x/y?version=${sha}`,
      'https://git.example.test/a/b.git',
      'x/y',
    ],
    [
      `https://github.com/acme/ledger?ref=${sha}`,
      'https://github.com/acme/ledger',
      '',
    ],
    [
      `ssh://git@github.com/acme/ledger//x?ref=${sha}`,
      'ssh://git@github.com/acme/ledger',
      'x',
    ],
    [
      `git@github.com:acme/ledger.git//x?ref=${sha}`,
      'git@github.com:acme/ledger.git',
      'x',
    ],
    [`file:///srv/a.git//x?ref=${sha}`, 'file:///srv/a.git', 'x'],
    [`file:infra.git//x/?ref=${sha.toUpperCase()}`, 'file:infra.git', 'x'],
  ])('takes %s for a base', (written, repository, folder) => {
    expect(parseReference(written, place)).toEqual({
      kind: 'remote',
      repository,
      folder,
      commit: sha,
    });
  });

  it.each([
    ['/etc/passwd', 'is absolute'],
    ['C:/x', 'uses c:'],
    ['a\\b', 'holds a backslash'],
    ['', 'is empty'],
    ['a\u0000b', 'holds a control character'],
    ['a\u2028b', 'holds a control character'],
    ['x'.repeat(2_001), 'has more than 2000 characters'],
    [
      'github.com/acme/ledger/x',
      'names another host without https:// or ssh:// before it',
    ],
    ['gh:acme/ledger', 'uses gh:, which is not allowed'],
    ['git::https://example.test/x', 'uses git:'],
    ['s3::https://example.test/x', 'uses s3:'],
    ['ext::sh -c touch% /tmp/x', 'uses ext:'],
    [
      `https://ada:hunter2@example.test/a//x?ref=${sha}`,
      'holds a user or a password',
    ],
    [
      `https://example.test/a//../x?ref=${sha}`,
      'names a folder that leads elsewhere',
    ],
    [`https://example.test/a//x y?ref=${sha}`, 'names a folder that is none'],
    [
      `https://example.test/a/b/c/d?ref=${sha}`,
      'does not show where the repository ends',
    ],
    [
      `https://example.test/a//x?ref=${sha}&allow=1`,
      'has "allow" in its query',
    ],
    [`https://example.test/a//x?ref=${sha}#y`, 'has two queries or a fragment'],
  ])('refuses %j', async (written, why) => {
    const failure = await failureOf(() => parseReference(written, place));
    expect(failure).toContain('KUSTOMIZATION_REFERENCE_REFUSED: k.yaml:1: ');
    expect(failure).toContain(why);
    expect(failure).not.toContain('hunter2');
  });

  it.each([
    ['https://example.test/a//x', 'names no commit'],
    [
      'https://example.test/x.yaml',
      'is a file of the network, which is never fetched',
    ],
    [
      'https://example.test/a//x?ref=v1.0.0',
      'is held to "v1.0.0", which may move',
    ],
    ['https://example.test/a//x?ref=main', 'is held to "main"'],
    [`https://example.test/a//x?ref=${sha.slice(0, 12)}`, 'which may move'],
    ['https://example.test/a//x?ref=--upload-pack=x', 'has a ref that is none'],
    ['https://example.test/a//x?ref=a..b', 'has a ref that is none'],
    [`https://example.test/a//x?ref=${sha}&ref=main`, 'names two refs'],
  ])('refuses %s, which no commit holds', async (written, why) => {
    const failure = await failureOf(() => parseReference(written, place));
    expect(failure).toContain('BASE_NOT_PINNED: k.yaml:1: ');
    expect(failure).toContain(why);
  });
});

describe('parseFileReference', () => {
  it.each(['http://127.0.0.1/x', 'HTTPS://example.test/x.yaml'])(
    'refuses %s',
    async written => {
      expect(
        await failureOf(() => parseFileReference(written, place)),
      ).toContain('is a file of the network, which is never fetched');
    },
  );

  it('refuses what is no plain path', async () => {
    expect(await failureOf(() => parseFileReference('ab:c', place))).toContain(
      'is no plain path',
    );
  });
});
