import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { addCommits, git, githubTokens, startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import { createForgeOpener } from '../forge/create-forge-opener';
import { failureOf } from '../http/__testUtils__/failure-of';
import { createImageOpener } from '../oci/create-image-opener';
import { suiteRegistry } from '../oci/__testUtils__/suite-registry';
import type { ReleasePorts } from './ports';
import type { ReleaseOptions } from './release';
import { localReleases } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('release of an image, published on a forge', () => {
  const registry = suiteRegistry();
  let github: TestGithub;
  let local: LocalReleases;
  let repositories = 0;
  let path: string;
  let image: string;
  let digest: string;

  const head = () => git(path, ['rev-parse', 'main']);
  const pushHead = async (revision = head(), content = revision) => {
    const pushed = await registry.push({
      repository: image.slice(registry.host.length + 1),
      tag: head(),
      shape: 'index',
      revision,
      content,
    });
    return pushed.digest;
  };
  beforeEach(async () => {
    github = await startGithub();
    local = localReleases();
    repositories += 1;
    image = `${registry.host}/acme/ledger-${repositories}`;
    path = local.make([
      { message: 'feat: first', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
      { message: 'feat: pay by card', files: { card: 'x' } },
    ]);
    digest = await pushHead();
    registry.clearLog();
  });
  afterEach(async () => {
    await github.close();
    local.dispose();
    github.verifyContract();
  });

  const ports = (token: string = githubTokens.write): Partial<ReleasePorts> => {
    const forge = createForgeOpener({
      githubs: [
        {
          host: 'github.com',
          apiBaseUrl: github.apiBaseUrl,
          token: async () => token,
        },
      ],
      ports: { sleep: async () => undefined },
    });
    return {
      openImage: createImageOpener({
        registries: [{ host: registry.host }],
        allow: 'listed',
        ports: { sleep: async () => undefined },
      }),
      openForge: () => forge('https://github.com/acme/ledger'),
    };
  };
  const run = (
    request: Partial<ReleaseRequestInput> = {},
    options: Partial<ReleaseOptions> = {},
    more = ports(),
  ) =>
    local.release(
      { repository: path, image, movingTags: ['latest', 'major'], ...request },
      options,
      more,
    );
  const held = (tag: string) =>
    ports().openImage!(image).readDigest(tag, signal);
  const tags = () => git(path, ['tag', '--list']).split('\n');

  it('gives version, moving tags and forge release, and names them all', async () => {
    const result = await run();
    const { imageDigest, releaseUrl, outcome, version } = result;
    expect({ imageDigest, releaseUrl, outcome, version }).toEqual({
      imageDigest: digest,
      releaseUrl: 'https://github.com/acme/ledger/releases/tag/v1.1.0',
      outcome: 'released',
      version: '1.1.0',
    });
    expect(result.effects).toEqual(
      [
        `image bytes ${digest}`,
        'refs main + v1.1.0',
        `image tag ${image}:1.1.0`,
        'forge release v1.1.0',
        `image tag ${image}:latest`,
        `image tag ${image}:1`,
      ].map(key => ({ kind: 'done', key })),
    );
    for (const tag of ['1.1.0', 'latest', '1']) {
      expect(await held(tag)).toBe(digest);
    }
    expect(github.releases()).toMatchObject([{ tag_name: 'v1.1.0' }]);
  });

  it('changes nothing the second time', async () => {
    await run();
    registry.clearLog();
    github.clearLog();
    expect(await run()).toMatchObject({
      outcome: 'already-released',
      imageDigest: digest,
      releaseUrl: 'https://github.com/acme/ledger/releases/tag/v1.1.0',
    });
    expect(registry.methods()).not.toContain('PUT');
    expect(github.log.map(each => each.method)).not.toContain('POST');
  });

  it('writes nothing in a dry run', async () => {
    const refs = git(path, ['for-each-ref']);
    const planned = await run({}, { dryRun: true });
    expect(planned).toMatchObject({ outcome: 'planned', version: '1.1.0' });
    for (const { method } of [...registry.log, ...github.log]) {
      expect(['GET', 'HEAD']).toContain(method);
    }
    expect(git(path, ['for-each-ref'])).toBe(refs);
  });

  describe('when something forbids it', () => {
    it.each<[string, () => Promise<unknown>, string]>([
      [
        'no image of the head',
        () => run({ sourceTag: 'absent' }),
        'RELEASE_IMAGE_SOURCE_MISSING',
      ],
      [
        'a version that no image tag can name',
        () => run({ bump: '1.1.0+build.7' }),
        'RELEASE_VERSION_NOT_IMAGE_TAG',
      ],
      [
        'an image of another commit',
        async () => {
          await pushHead('b'.repeat(40));
          return run();
        },
        'RELEASE_IMAGE_REVISION',
      ],
      [
        'a version tag that holds another image',
        async () => {
          await registry.push({
            repository: image.slice(registry.host.length + 1),
            tag: '1.1.0',
            content: 'theirs',
          });
          return run();
        },
        'RELEASE_IMAGE_DIGEST_CONFLICT',
      ],
      [
        'a registry that is not allowed',
        () => run({ image: 'evil.test/acme/ledger' }),
        'REGISTRY_NOT_ALLOWED',
      ],
      ['no token for the forge', () => run({}, {}, ports('')), 'FORGE_DENIED'],
    ])('refuses %s before the first write', async (_, attempt, code) => {
      expect(await failureOf(attempt())).toMatchObject({ code });
      expect(tags()).toEqual(['v1.0.0']);
      expect(registry.methods()).not.toContain('PUT');
      expect(github.releases()).toEqual([]);
    });
  });

  describe('when it was cut after its tag', () => {
    const cut = async () => {
      registry.faults.add({
        method: 'PUT',
        path: /manifests\/1\.1\.0$/,
        times: 99,
        fault: { kind: 'answer', status: 503 },
      });
      const result = await run();
      registry.faults.clear();
      return result;
    };

    it('reports what is there', async () => {
      const result = await cut();
      expect(result.outcome).toBe('failed');
      expect(result.effects.map(({ kind }) => kind)).toEqual([
        'done',
        'done',
        'failed',
        'not-attempted',
        'not-attempted',
        'not-attempted',
      ]);
      expect(tags()).toContain('v1.1.0');
      expect(await held('1.1.0')).toBeUndefined();
      expect(github.releases()).toEqual([]);
    });

    it('is finished by the next run', async () => {
      await cut();
      const result = await run();
      expect(result).toMatchObject({ version: '1.1.0', imageDigest: digest });
      expect(await held('1.1.0')).toBe(digest);
      expect(await held('latest')).toBe(digest);
      expect(github.releases()).toMatchObject([{ tag_name: 'v1.1.0' }]);
      expect(await run()).toMatchObject({ outcome: 'already-released' });
    });

    it('is finished before the next version', async () => {
      await cut();
      addCommits(path, [{ message: 'fix: round', files: { card: 'y' } }]);
      const next = await pushHead();
      expect(await run()).toMatchObject({
        outcome: 'released',
        version: '1.1.1',
      });
      expect([
        await held('1.1.0'),
        await held('1.1.1'),
        await held('latest'),
      ]).toEqual([digest, next, next]);
      expect(github.releases().map(each => each.tag_name)).toEqual([
        'v1.1.1',
        'v1.1.0',
      ]);
    });

    it('says so where it is another version that is to be abandoned', async () => {
      await cut();
      const result = await run({}, { abandon: '1.0.0' });
      expect(result.plan.shows.warnings).toContainEqual(
        expect.stringContaining('nothing of 1.0.0 is abandoned'),
      );
      expect(await held('1.1.0')).toBe(digest);
    });

    it('says what to do where the image is gone, and does it', async () => {
      await cut();
      await fetch(
        `${registry.direct}/v2/${image.slice(
          registry.host.length + 1,
        )}/manifests/${digest}`,
        { method: 'DELETE' },
      );
      expect(await failureOf(run())).toMatchObject({
        code: 'RELEASE_PROMISE_BROKEN',
        hint: expect.stringContaining('dojo release --abandon 1.1.0'),
      });
      addCommits(path, [{ message: 'fix: round', files: { card: 'y' } }]);
      const next = await pushHead();
      expect(await run({}, { abandon: '1.1.0' })).toMatchObject({
        outcome: 'released',
        version: '1.1.1',
        imageDigest: next,
      });
    });
  });

  it('makes one release for 6 runs at once', async () => {
    const results = await Promise.all(Array.from({ length: 6 }, () => run()));
    expect(new Set(results.map(({ version }) => version))).toEqual(
      new Set(['1.1.0']),
    );
    expect(tags()).toEqual(['v1.0.0', 'v1.1.0']);
    expect(await held('1.1.0')).toBe(digest);
    expect(github.releases()).toHaveLength(1);
  });
});
