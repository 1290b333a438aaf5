import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addCommits, git, readRefs, startGitServer } from 'dojo-testing';
import { failureOf } from '../../http/__testUtils__/failure-of';
import {
  InfraPlace,
  changeOf,
  reaches,
  signal,
} from './__testUtils__/infra-place';

jest.setTimeout(60_000);

const latin1 = Buffer.from([0x6b, 0x3a, 0x20, 0xe9, 0x0d, 0x0a]);

/** Makes a hook that says something and refuses. */
function refuse(path: string, said: string): void {
  mkdirSync(join(path, 'hooks'), { recursive: true });
  const hook = join(path, 'hooks', 'pre-receive');
  writeFileSync(hook, `#!/bin/sh\nprintf '${said}' >&2\nexit 1\n`);
  chmodSync(hook, 0o755);
}

describe.each(reaches)('GitInfraRepository.pushCommit %s', reach => {
  let place: InfraPlace;
  let path: string;

  beforeEach(() => {
    place = new InfraPlace();
    path = place.make([
      {
        message: 'begin',
        files: {
          'ledger/dev/kustomization.yaml': 'images: [1.0.0]\n',
          'ledger/dev/patches/a.yaml': 'a: 1\r\n',
          'web/dev/kustomization.yaml': 'w\r\n',
          'web/dev/old.yaml': latin1,
        },
      },
    ]);
  });
  afterEach(() => place.dispose());

  const rev = (text: string) => git(path, ['rev-parse', text]);

  describe('when the branch is as it was read', () => {
    it('makes one commit of it, and leaves all else as it is', async () => {
      const base = rev('main');
      const web = rev('main:web');
      const repository = await place.open(reach);
      const commit = await repository.pushCommit(
        changeOf(
          {
            'ledger/dev/kustomization.yaml': 'images: [1.1.0]\r\n',
            'ledger/dev/pvc.yaml': 'kind: PersistentVolumeClaim\n',
            'ledger/dev/patches/a.yaml': undefined,
            'ledger/prod/gone.yaml': undefined,
          },
          { base },
        ),
        signal,
      );
      expect(rev('main')).toBe(commit);
      expect(rev('main^')).toBe(base);
      expect(git(path, ['ls-tree', '-r', '--name-only', 'main'])).toBe(
        [
          'ledger/dev/kustomization.yaml',
          'ledger/dev/pvc.yaml',
          'web/dev/kustomization.yaml',
          'web/dev/old.yaml',
        ].join('\n'),
      );
      expect(rev('main:web')).toBe(web);
      expect(rev('main:ledger/dev/kustomization.yaml')).toBe(
        git(path, ['hash-object', '--stdin'], 'images: [1.1.0]\r\n'),
      );
      expect(
        git(path, ['log', '-1', '--format=%an|%ae|%cn|%aI|%cI|%B', 'main']),
      ).toBe(
        'Ada|ada@example.com|Ada|2026-11-29T12:00:00+00:00|2026-11-29T12:00:00+00:00|deploy: ledger 1.2.0 to dev\n\nDojo-Plan: abc',
      );
      git(path, ['fsck', '--strict']);
    });

    it('keeps the mode of a file that stays', async () => {
      const tree = git(
        path,
        ['mktree'],
        `100755 blob ${rev('main:ledger/dev/kustomization.yaml')}\trun.sh\n`,
      );
      const base = git(path, ['commit-tree', tree, '-m', 'x']);
      git(path, ['update-ref', 'refs/heads/main', base]);
      const repository = await place.open(reach);
      await repository.pushCommit(
        changeOf({ 'run.sh': 'y' }, { base }),
        signal,
      );
      expect(git(path, ['ls-tree', 'main'])).toMatch(/^100755 .*\trun\.sh$/);
    });

    it('holds what was pushed, whatever it is, and other folders as they were', async () => {
      const repository = await place.open(reach);
      const name = fc.constantFrom('a', 'b', 'c.yaml', 'dé', 'x y', '-z');
      const filePath = fc
        .array(name, { minLength: 1, maxLength: 3 })
        .map(parts => ['ledger', ...parts].join('/'));
      const text = fc.oneof(
        fc.constant(undefined),
        fc.string({ unit: 'grapheme' }).filter(each => !each.includes('\0')),
        fc.constantFrom('', 'a\r\nb\r\n', '\ufeffx: 1\n', 'no end'),
      );
      const web = rev('main:web');
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(filePath, text, { minKeys: 1, maxKeys: 6 }),
          async files => {
            const base = rev('main');
            const names = Object.keys(files);
            const before = await repository.files(base).listFiles('.', signal);
            const after = new Set(before);
            for (const each of names) {
              if (files[each] === undefined) after.delete(each);
              else after.add(each);
            }
            // A file where a folder is to be, or the other way round, is refused: another test has that.
            fc.pre(
              [...new Set([...names, ...before])].every(
                (each, _, all) =>
                  !all.some(other => other.startsWith(`${each}/`)),
              ),
            );
            const commit = await repository.pushCommit(
              changeOf(files, { base }),
              signal,
            );
            const pushed = repository.files(commit);
            expect(await pushed.readFiles(names, signal)).toEqual(
              names.map(each => files[each]),
            );
            expect(await pushed.listFiles('.', signal)).toEqual(
              [...after].sort(),
            );
            expect(rev(`${commit}:web`)).toBe(web);
          },
        ),
        { numRuns: 12, seed: 20261129 },
      );
      git(path, ['fsck', '--strict']);
    });
  });

  describe('when somebody pushed in between', () => {
    it('pushes nothing, and says that the branch moved', async () => {
      const base = rev('main');
      const repository = await place.open(reach);
      await repository.readHead(undefined, signal);
      addCommits(path, [{ message: 'other', files: { x: '1' } }]);
      const before = readRefs(path);
      await expect(
        repository.pushCommit(changeOf({ a: '1' }, { base }), signal),
      ).rejects.toMatchObject({
        code: 'GIT_LEASE_LOST',
        kind: 'conflict',
        message: expect.stringContaining('main changed'),
      });
      expect(readRefs(path)).toBe(before);
    });

    it('lets one of several at once through', async () => {
      const base = rev('main');
      const all = await Promise.all(
        ['a', 'b', 'c'].map(async name => {
          const repository = await place.open(reach);
          return repository
            .pushCommit(changeOf({ [name]: '1' }, { base }), signal)
            .then(
              () => 'pushed',
              (error: { code: string }) => error.code,
            );
        }),
      );
      expect(all.filter(each => each === 'pushed')).toHaveLength(1);
      expect(all.filter(each => each === 'GIT_LEASE_LOST')).toHaveLength(2);
      expect(rev('main^')).toBe(base);
    });

    it('says that a lock stays, which a push left that died', async () => {
      writeFileSync(join(path, 'refs', 'heads', 'main.lock'), '');
      const base = rev('main');
      const repository = await place.open(reach);
      await expect(
        repository.pushCommit(changeOf({ a: '1' }, { base }), signal),
      ).rejects.toMatchObject({
        code: 'GIT_REF_LOCKED',
        kind: 'unavailable',
        message: expect.stringContaining('main is locked by another push'),
      });
      expect(rev('main')).toBe(base);
    });

    it('counts the same commit by two runs as made by both', async () => {
      const base = rev('main');
      const change = changeOf({ a: '1' }, { base });
      const [one, two] = [await place.open(reach), await place.open(reach)];
      const first = await one.pushCommit(change, signal);
      await expect(two.pushCommit(change, signal)).resolves.toBe(first);
    });
  });

  describe('when the branch is that of a request', () => {
    it('makes it, also off a base that the default branch has left', async () => {
      const base = rev('main');
      const repository = await place.open(reach);
      await repository.readHead(undefined, signal);
      addCommits(path, [{ message: 'other', files: { x: '1' } }]);
      const branch = 'dojo/ledger-dev';
      const commit = await repository.pushCommit(
        changeOf({ a: '1' }, { base, branch, createsBranch: true }),
        signal,
      );
      expect(rev(branch)).toBe(commit);
      expect(rev(`${branch}^`)).toBe(base);
      git(path, ['fsck', '--strict']);
      await expect(
        repository.pushCommit(
          changeOf({ a: '2' }, { base, branch, createsBranch: true }),
          signal,
        ),
      ).rejects.toMatchObject({ code: 'GIT_LEASE_LOST' });
    });

    it('sets it to a new commit, unless somebody else did', async () => {
      const branch = 'dojo/ledger-dev';
      const old = rev('main');
      const first = await (
        await place.open(reach)
      ).pushCommit(
        changeOf({ a: '1' }, { base: old, branch, createsBranch: true }),
        signal,
      );
      addCommits(path, [{ message: 'other', files: { x: '1' } }]);
      const base = rev('main');
      const repository = await place.open(reach);
      const change = changeOf({ a: '2' }, { base, branch, replaces: first });
      const second = await repository.pushCommit(change, signal);
      expect(rev(branch)).toBe(second);
      expect(rev(`${branch}^`)).toBe(base);
      await expect(
        repository.pushCommit({ ...change, message: 'again' }, signal),
      ).rejects.toMatchObject({ code: 'GIT_LEASE_LOST' });
      expect(rev(branch)).toBe(second);
    });
  });

  describe('when a hook declines', () => {
    it('tells its words, cleaned and cut, whatever they are', async () => {
      refuse(
        path,
        `\\033[31mmain is protected:\\007 failed to update ref, already exists \\342\\200\\256${'x'.repeat(
          400,
        )}\\n`,
      );
      const base = rev('main');
      const repository = await place.open(reach);
      const failure = await failureOf(
        repository.pushCommit(changeOf({ a: '1' }, { base }), signal),
      );
      expect(failure).toMatchObject({
        code: 'GIT_PUSH_REJECTED',
        kind: 'refused',
        message: expect.stringContaining('main is protected: failed to update'),
      });
      expect(failure.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(failure.message.length).toBeLessThan(600);
      expect(rev('main')).toBe(base);
    });
  });

  describe('when something is in the way', () => {
    it.each([
      ['a link', '120000', 'ledger', 'ledger/dev/a.yaml'],
      ['a submodule', '160000', 'ledger', 'ledger/dev/a.yaml'],
      ['a file', '100644', 'ledger', 'ledger/dev/a.yaml'],
      ['a link at the file', '120000', 'a.yaml', 'a.yaml'],
      ['a folder at the file', '040000', 'a.yaml', 'a.yaml'],
    ])('is not replaced: %s', async (_, mode, name, file) => {
      const at = {
        '160000': ['commit', rev('main')],
        '040000': ['tree', rev('main:web')],
      }[mode] ?? ['blob', rev('main:ledger/dev/patches/a.yaml')];
      const entry = `${mode} ${at.join(' ')}\t${name}\n`;
      const tree = git(path, ['mktree', '--missing'], entry);
      const base = git(path, ['commit-tree', tree, '-m', 'x']);
      git(path, ['update-ref', 'refs/heads/main', base]);
      const repository = await place.open(reach);
      await expect(
        repository.pushCommit(changeOf({ [file]: 'x' }, { base }), signal),
      ).rejects.toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
        message: expect.stringContaining(`"${name}" of`),
      });
      expect(rev('main')).toBe(base);
    });

    it.each([
      '../x',
      '/x',
      'a//b',
      'a/./b',
      '.git/hooks/x',
      'a/.GIT/x',
      'a\nb',
      '',
    ])('refuses the path %j', async file => {
      const repository = await place.open(reach);
      await expect(
        repository.pushCommit(
          changeOf({ [file]: 'x' }, { base: rev('main') }),
          signal,
        ),
      ).rejects.toMatchObject({ code: 'GIT_PATH_INVALID', kind: 'input' });
    });

    it.each(['-f', 'a:refs/heads/main', 'x y', 'HEAD'])(
      'refuses the branch %j',
      async branch => {
        const base = rev('main');
        const repository = await place.open(reach);
        await expect(
          repository.pushCommit(changeOf({ a: 'x' }, { base, branch }), signal),
        ).rejects.toMatchObject({ code: 'GIT_REF_INVALID' });
      },
    );
  });
});

describe.each(reaches)('GitInfraRepository, empty and %s', reach => {
  let place: InfraPlace;
  beforeEach(() => {
    place = new InfraPlace();
  });
  afterEach(() => place.dispose());

  it.each([
    ['main', 'sha1'],
    ['trunk', 'sha1'],
    // Over the network, git tells the format of an empty repository to no client of its version 2.39.
    ...(reach === 'in place' ? ([['trunk', 'sha256']] as const) : []),
  ] as const)('begins %s in %s', async (branch, format) => {
    const path = place.makeEmpty(branch, format);
    const repository = await place.open(reach);
    await expect(repository.readHead(undefined, signal)).resolves.toEqual({
      branch,
    });
    const late = await place.open(reach);
    await late.readHead(undefined, signal);
    const change = changeOf({ 'ledger/dev/a.yaml': 'x' }, { branch });
    const commit = await repository.pushCommit(change, signal);
    expect(git(path, ['rev-parse', 'HEAD'])).toBe(commit);
    await expect(
      repository.files(commit).readFiles(['ledger/dev/a.yaml'], signal),
    ).resolves.toEqual(['x']);
    await expect(repository.readHead(undefined, signal)).resolves.toEqual({
      branch,
      commit,
    });
    await expect(
      late.pushCommit({ ...change, message: 'second' }, signal),
    ).rejects.toMatchObject({ code: 'GIT_LEASE_LOST' });
  });
});

describe('GitInfraRepository over HTTP', () => {
  let place: InfraPlace;
  let path: string;
  beforeEach(() => {
    place = new InfraPlace();
    path = place.make([{ message: 'begin', files: { a: '0' } }]);
  });
  afterEach(() => place.dispose());

  it('finds its commit pushed where the reply is lost', async () => {
    const base = git(path, ['rev-parse', 'main']);
    const backend = await place.serve();
    let lost = 0;
    const proxy = await startGitServer({
      root: place.root,
      intercept: (request, response) => {
        const isPush =
          request.url!.endsWith('git-receive-pack') &&
          request.method === 'POST';
        if (!isPush || lost > 0) return false;
        lost += 1;
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', async () => {
          await fetch(`${backend}${request.url}`, {
            method: 'POST',
            headers: {
              'Content-Type': String(request.headers['content-type']),
            },
            body: Buffer.concat(chunks),
          }).then(reply => reply.arrayBuffer());
          response.destroy();
        });
        return true;
      },
    });
    try {
      const repository = await place.openAt(`${proxy.url}/infra.git`);
      const change = changeOf({ a: '1' }, { base });
      const commit = await repository.pushCommit(change, signal);
      expect(lost).toBe(1);
      expect(git(path, ['rev-parse', 'main'])).toBe(commit);
      // What a run finds that comes after one that was killed between push and reply.
      const [last] = await repository.readHistory(commit, '.', 1, signal);
      expect(last.message).toBe(change.message);
    } finally {
      await proxy.close();
    }
  });

  it('carries the credentials to its host, and tells none of them', async () => {
    const authorization = `Basic ${Buffer.from('ada:s3cr3t').toString(
      'base64',
    )}`;
    const url = `${await place.serve({ authorization })}/infra.git`;
    const base = git(path, ['rev-parse', 'main']);
    const denied = await place.openAt(
      url,
      async () => 'Basic d3Jvbmc6c2VjcmV0',
    );
    const failure = await failureOf(denied.readHead(undefined, signal));
    expect(failure).toMatchObject({ code: 'GIT_DENIED', kind: 'denied' });
    expect(`${failure.message} ${failure.stack}`).not.toMatch(/d3Jvb|secret/);
    const repository = await place.openAt(url, async () => authorization);
    await repository.readHead(undefined, signal);
    const commit = await repository.pushCommit(
      changeOf({ a: '1' }, { base }),
      signal,
    );
    expect(git(path, ['rev-parse', 'main'])).toBe(commit);
  });

  it('fetches only what it needs of a large repository', async () => {
    // Each compresses to some 10 kB.
    const blob = Array.from({ length: 625 }, (_, index) =>
      createHash('sha1').update(`${index}`).digest('hex').slice(8),
    ).join('');
    addCommits(path, [
      {
        message: 'large',
        files: Object.fromEntries(
          Array.from({ length: 300 }, (_, index) => [
            `app-${index}/dev/kustomization.yaml`,
            `${index} ${blob}`,
          ]),
        ),
      },
      ...Array.from({ length: 50 }, (_, index) => ({
        message: `app ${index}`,
        files: { [`app-${index}/dev/kustomization.yaml`]: `${blob} ${index}` },
      })),
    ]);
    let bytes = 0;
    await place.serve({
      intercept: (_, response) => {
        const write = response.write.bind(response);
        response.write = (chunk: Buffer) => {
          bytes += chunk.length;
          return write(chunk);
        };
        return false;
      },
    });
    const repository = await place.open('over HTTP');
    const { commit } = await repository.readHead(undefined, signal);
    const file = 'app-7/dev/kustomization.yaml';
    const log = await repository.readHistory(commit!, 'app-7/dev', 10, signal);
    const texts = await repository.readAt(
      log.map(each => each.commit),
      file,
      signal,
    );
    expect(texts).toHaveLength(2);
    await repository.pushCommit(
      changeOf({ [file]: 'x' }, { base: commit }),
      signal,
    );
    // Two files of some 10 kB, 52 commits, and their two upper trees, of which the first has 300 names.
    expect(bytes).toBeLessThan(200_000);
    expect(git(path, ['rev-parse', 'main^'])).toBe(commit);
  });
});

describe('createInfraOpener', () => {
  it.each([
    '--upload-pack=touch /tmp/pwned',
    'ext::sh -c "touch /tmp/pwned"',
    'fd::17/foo',
    'ssh://-oProxyCommand=touch/x',
    '-oProxyCommand=touch:x',
    'git@-oProxyCommand=touch:infra.git',
    'ftp://example.com/infra.git',
  ])('opens no %j', async url => {
    const place = new InfraPlace();
    await expect(failureOf(place.openAt(url))).resolves.toMatchObject({
      code: 'GIT_URL_INVALID',
      kind: 'input',
    });
    await place.dispose();
  });
});
