import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { git } from 'dojo-testing';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { InfraPlace, signal } from './__testUtils__/infra-place';
import { createObjectCache } from './object-cache';

jest.setTimeout(60_000);

const base = 'deploy/k8s/base';

describe('GitBaseRepository', () => {
  let place: InfraPlace;
  let path: string;
  let url: string;
  let cache: string;

  beforeEach(async () => {
    place = new InfraPlace();
    path = place.make(
      [
        {
          message: 'begin',
          files: {
            [`${base}/kustomization.yaml`]: 'resources: [a.yaml]\n',
            [`${base}/a.yaml`]: 'kind: Deployment\n',
          },
          tag: 'v1.0.0',
        },
        { message: 'more', files: { [`${base}/a.yaml`]: 'kind: Job\n' } },
      ],
      'ledger',
    );
    url = await place.address('over HTTP', 'ledger');
    cache = join(place.root, 'cache');
  });
  afterEach(() => place.dispose());

  const commitOf = (name: string) => git(path, ['rev-parse', `${name}^{}`]);
  const read = async (commit = commitOf('v1.0.0'), folder = cache) => {
    const repository = await place.openBase(url, { folder });
    const files = repository.files(commit);
    const listed = await files.listFiles(base, signal);
    const texts = await files.readFiles(listed, signal);
    await repository.dispose();
    return texts;
  };
  const whole = ['kind: Deployment\n', 'resources: [a.yaml]\n'];
  const requests = () => place.server!.requests.length;
  const cached = () =>
    readdirSync(cache, { recursive: true, encoding: 'utf8' })
      .map(name => join(cache, name))
      .filter(name => statSync(name).isFile());

  describe('resolveTag', () => {
    it('peels an annotated tag, and takes no name that is none', async () => {
      const commit = commitOf('v1.0.0');
      git(path, ['tag', 'light', 'main']);
      git(path, ['tag', '-a', '-m', 'x', 'nested', 'v1.0.0']);
      git(path, ['tag', 'other/refs/tags/v1.0.0', 'main']);
      const repository = await place.openBase(url);
      const resolve = (tag: string) => repository.resolveTag(tag, signal);
      await expect(resolve('v1.0.0')).resolves.toBe(commit);
      await expect(resolve('nested')).resolves.toBe(commit);
      await expect(resolve('light')).resolves.toBe(commitOf('main'));
      for (const tag of ['v1', 'v1.0.*', 'main', '-x', '', '../heads/main']) {
        await expect(resolve(tag)).resolves.toBe(undefined);
      }
    });

    it('sees that a tag moved', async () => {
      const repository = await place.openBase(url, { folder: cache });
      await repository.resolveTag('v1.0.0', signal);
      git(path, ['tag', '-f', '-a', '-m', 'moved', 'v1.0.0', 'main']);
      await expect(repository.resolveTag('v1.0.0', signal)).resolves.toBe(
        commitOf('main'),
      );
    });
  });

  describe('readMessage', () => {
    it('has all of a commit, and takes nothing but a whole object id', async () => {
      const commit = commitOf('v1.0.0');
      const repository = await place.openBase(url, { folder: cache });
      const message = await repository.readMessage(commit, signal);
      expect(message.trimEnd()).toBe(
        git(path, ['show', '-s', '--format=%B', commit]),
      );
      await expect(
        repository.readMessage('main', signal),
      ).rejects.toMatchObject({ code: 'GIT_COMMIT_INVALID' });
    });
  });

  describe('when a commit was read before', () => {
    it('asks nobody', async () => {
      await expect(read()).resolves.toEqual(whole);
      const before = requests();
      await expect(read()).resolves.toEqual(whole);
      expect(requests()).toBe(before);
    });

    it('reads of another commit only what is different', async () => {
      await read();
      const before = cached().length;
      await expect(read(commitOf('main'))).resolves.toEqual([
        'kind: Job\n',
        'resources: [a.yaml]\n',
      ]);
      // The commit, its root, deploy, k8s, base and a.yaml.
      expect(cached()).toHaveLength(before + 6);
    });

    it('gives it to no other repository', async () => {
      await read();
      place.make([{ message: 'x', files: { x: 'x' } }], 'other');
      const repository = await place.openBase(
        await place.address('over HTTP', 'other'),
        { folder: cache },
      );
      const files = repository.files(commitOf('v1.0.0'));
      await expect(
        failureOf(files.readFiles(['x'], signal)),
      ).resolves.toMatchObject({ code: 'GIT_OBJECT_MISSING' });
    });

    it('still asks whether the host is allowed', async () => {
      await read();
      const options = { ...place.options(), allowedHosts: ['example.com'] };
      jest.spyOn(place, 'options').mockReturnValue(options);
      await expect(failureOf(read())).resolves.toMatchObject({
        code: 'GIT_HOST_NOT_ALLOWED',
      });
    });
  });

  describe('when what is kept is not what it was', () => {
    it.each([
      ['cut', (file: string) => truncateSync(file, 5)],
      ['empty', (file: string) => truncateSync(file, 0)],
      [
        'poisoned',
        (file: string) => {
          const bytes = readFileSync(file);
          bytes[bytes.length - 1] ^= 1;
          writeFileSync(file, bytes);
        },
      ],
      [
        'a link',
        (file: string) => {
          rmSync(file);
          symlinkSync('/etc/passwd', file);
        },
      ],
      [
        'a folder',
        (file: string) => {
          rmSync(file);
          mkdirSync(file);
        },
      ],
      ['gone', (file: string) => rmSync(file)],
    ])('reads it again: %s', async (_, spoil) => {
      await read();
      for (const file of cached()) {
        spoil(file);
        const before = requests();
        await expect(read()).resolves.toEqual(whole);
        expect(requests()).toBeGreaterThan(before);
      }
    });
  });

  describe('when the cache cannot be written', () => {
    it('reads all the same', async () => {
      const file = join(place.root, 'file');
      writeFileSync(file, '');
      await expect(read(undefined, file)).resolves.toEqual(whole);
    });
  });

  describe('when several runs read at once', () => {
    it('gives each what it asked for', async () => {
      const all = await Promise.all(Array.from({ length: 4 }, () => read()));
      expect(all).toEqual(Array.from({ length: 4 }, () => whole));
      expect(cached().every(file => !/\.\w/.test(file.slice(-20)))).toBe(true);
    });
  });
});

describe('createObjectCache', () => {
  let place: InfraPlace;
  beforeEach(() => {
    place = new InfraPlace();
  });
  afterEach(() => place.dispose());

  const hour = 60 * 60_000;
  const idOf = (text: string) =>
    git(place.root, ['hash-object', '--stdin'], text);
  const blob = (text: string) =>
    ({ type: 'blob', body: Buffer.from(text) } as const);

  it('lets go of what was not used for longest, and no more than it must', async () => {
    let at = new Date('2026-11-29T00:00:00Z').getTime();
    const cache = createObjectCache({
      folder: place.root,
      maxBytes: 1_000,
      now: () => new Date(at),
    });
    const texts = Array.from({ length: 5 }, (_, index) =>
      `${index}`.repeat(200),
    );
    for (const text of texts) {
      await cache.keep('r', blob(text), idOf(text));
      at += hour;
    }
    at += 2 * hour;
    await cache.read('r', idOf(texts[0]));
    await cache.prune();
    const left = await Promise.all(
      texts.map(
        async text => (await cache.read('r', idOf(text))) !== undefined,
      ),
    );
    // 5 × 209 bytes are too much, and 4 × 209 still more than 800.
    expect(left).toEqual([true, false, false, true, true]);
  });

  it('removes what a killed run left, and nothing that is not its own', async () => {
    const now = new Date('2026-11-29T12:00:00Z');
    const folder = join(place.root, 'cache');
    const cache = createObjectCache({ folder, now: () => now });
    await cache.keep('r', blob('x'), idOf('x'));
    const [repository] = readdirSync(folder);
    const beside = join(folder, repository, 'ab');
    mkdirSync(beside);
    const old = new Date('2026-11-29T10:00:00Z');
    const put = (name: string, usedAt: Date) => {
      const file = join(beside, name);
      writeFileSync(file, 'x');
      utimesSync(file, usedAt, usedAt);
    };
    put(`${'ab'.repeat(20)}.host-1-1`, old);
    put(`${'ab'.repeat(20)}.host-2-1`, now);
    put('notes.txt', old);
    await cache.prune();
    expect(readdirSync(beside)).toEqual([
      `${'ab'.repeat(20)}.host-2-1`,
      'notes.txt',
    ]);
    await expect(cache.read('r', idOf('x'))).resolves.toEqual(blob('x'));
  });
});
