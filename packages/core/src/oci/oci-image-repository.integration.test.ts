import { toDigest } from './manifest';
import { failureOf } from '../http/__testUtils__/failure-of';
import { openTestImage, testPath } from './__testUtils__/open-test-image';
import { suiteRegistry } from './__testUtils__/suite-registry';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('OciImageRepository', () => {
  const registry = suiteRegistry();
  describe('when the image is there', () => {
    it.each([
      { shape: 'single', docker: false },
      { shape: 'single', docker: true },
      { shape: 'index', docker: false },
      { shape: 'index', docker: true },
    ] as const)(
      'reads the exact bytes of $shape, docker $docker',
      async shape => {
        const pushed = await registry.push({ ...shape, tag: 'shapes' });
        const { image } = openTestImage(registry.host);
        const manifest = await image.readManifest('shapes', signal);
        expect(manifest).toMatchObject({
          digest: pushed.digest,
          mediaType: pushed.mediaType,
        });
        expect(Buffer.from(manifest!.bytes)).toEqual(Buffer.from(pushed.bytes));
        expect(await image.readManifest(pushed.digest, signal)).toEqual(
          manifest,
        );
        expect(await image.readDigest('shapes', signal)).toBe(pushed.digest);
        expect(new Set(registry.methods())).toEqual(new Set(['GET', 'HEAD']));
      },
    );

    it('reads the digest from the bytes where the registry does not say it', async () => {
      const pushed = await registry.push({ tag: 'silent' });
      registry.faults.add({
        method: 'HEAD',
        fault: { kind: 'answer', status: 200 },
      });
      const { image } = openTestImage(registry.host);
      expect(await image.readDigest('silent', signal)).toBe(pushed.digest);
    });
  });

  describe('when it is not there', () => {
    it.each(['none', toDigest(Buffer.from('nothing'))])(
      'has no manifest %s',
      async reference => {
        const { image } = openTestImage(registry.host);
        expect(await image.readManifest(reference, signal)).toBeUndefined();
      },
    );

    it('has no digest', async () => {
      const { image } = openTestImage(registry.host);
      expect(await image.readDigest('none', signal)).toBeUndefined();
    });
  });

  describe('when the reference is no tag', () => {
    it.each(['-rf', '../../other/manifests/x', 'a b', 'sha256:12', ''])(
      'refuses "%s" without a request',
      async reference => {
        const { image } = openTestImage(registry.host);
        const error = await failureOf(image.readManifest(reference, signal));
        expect(error).toMatchObject({
          code: 'IMAGE_TAG_INVALID',
          kind: 'input',
        });
        expect(registry.log).toEqual([]);
      },
    );
  });

  describe('when bytes are not what they should be', () => {
    const answer = (body: string, headers: Record<string, string> = {}) =>
      registry.faults.add({
        method: 'GET',
        fault: {
          kind: 'answer',
          status: 200,
          headers: {
            'content-type': 'application/vnd.oci.image.manifest.v1+json',
            ...headers,
          },
          body,
        },
      });
    const digest = toDigest(Buffer.from('asked for'));

    it('refuses bytes of another digest than asked for', async () => {
      answer('{}');
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest(digest, signal))).toMatchObject(
        {
          code: 'IMAGE_DIGEST_MISMATCH',
          kind: 'refused',
          message: `${
            registry.host
          }/${testPath}@${digest}: the bytes received have digest ${toDigest(
            Buffer.from('{}'),
          )}, not ${digest}`,
        },
      );
    });

    it('refuses bytes of another digest than the registry says', async () => {
      answer('{}', { 'docker-content-digest': digest });
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest('t', signal))).toMatchObject({
        code: 'IMAGE_DIGEST_MISMATCH',
        hint: expect.stringContaining('reach the registry without the proxy'),
      });
    });

    it.each([
      ['not JSON', '{', {}],
      [
        'schema 1',
        '{}',
        {
          'content-type':
            'application/vnd.docker.distribution.manifest.v1+prettyjws',
        },
      ],
      ['a login page', '<html>', { 'content-type': 'text/html' }],
      [
        'an image and an index in one',
        `{"config":{"mediaType":"x","digest":"sha256:${'a'.repeat(
          64,
        )}","size":1},"layers":[],"manifests":[]}`,
        {},
      ],
      [
        'another type inside',
        `{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"x","digest":"sha256:${'a'.repeat(
          64,
        )}","size":1},"layers":[]}`,
        {},
      ],
    ])('refuses %s', async (_, body, headers) => {
      answer(body, headers as Record<string, string>);
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest('t', signal))).toMatchObject({
        code: 'IMAGE_UNSUPPORTED',
      });
    });

    it('stops reading an answer that does not end', async () => {
      answer('x'.repeat(5 * 1024 * 1024));
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest('t', signal))).toMatchObject({
        code: 'REGISTRY_UNAVAILABLE',
        message: expect.stringContaining('larger than 4194304 bytes'),
      });
      expect(registry.log).toHaveLength(1);
    });
  });
});
