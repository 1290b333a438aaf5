import { serve } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { openTestImage, testPath } from './__testUtils__/open-test-image';
import { suiteRegistry } from './__testUtils__/suite-registry';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const revision = 'a'.repeat(40);
const other = 'b'.repeat(40);

describe('readRevisions', () => {
  const registry = suiteRegistry();
  it.each([
    { shape: 'single', revisionIn: 'label', expected: [revision] },
    {
      shape: 'single',
      revisionIn: 'manifest annotation',
      expected: [revision],
    },
    { shape: 'index', revisionIn: 'label', expected: [revision, revision] },
    {
      shape: 'index',
      revisionIn: 'manifest annotation',
      expected: [revision, revision],
    },
    {
      shape: 'index',
      revisionIn: 'index annotation',
      expected: [revision, revision],
    },
  ] as const)(
    'finds it in the $revisionIn of $shape',
    async ({ expected, ...shape }) => {
      await registry.push({ ...shape, revision, tag: 'revisions' });
      const { image } = openTestImage(registry.host);
      const manifest = await image.readManifest('revisions', signal);
      expect(await image.readRevisions(manifest!, signal)).toEqual(expected);
      expect(new Set(registry.methods())).toEqual(new Set(['GET']));
    },
  );

  it('names each platform where they differ', async () => {
    await registry.push({
      shape: 'index',
      platformRevisions: [revision, other],
      tag: 'differ',
    });
    const { image } = openTestImage(registry.host);
    const manifest = await image.readManifest('differ', signal);
    expect(await image.readRevisions(manifest!, signal)).toEqual([
      revision,
      other,
    ]);
  });

  it('is empty where nothing names one', async () => {
    await registry.push({ tag: 'plain' });
    const { image } = openTestImage(registry.host);
    const manifest = await image.readManifest('plain', signal);
    expect(await image.readRevisions(manifest!, signal)).toEqual([]);
  });

  it.each(['manifests/sha256', 'blobs/sha256'])(
    'says which part is missing (%s)',
    async part => {
      await registry.push({ shape: 'index', revision, tag: 'incomplete' });
      const { image } = openTestImage(registry.host);
      const manifest = await image.readManifest('incomplete', signal);
      registry.faults.add({
        path: new RegExp(part),
        fault: { kind: 'answer', status: 404 },
      });
      const error = await failureOf(image.readRevisions(manifest!, signal));
      expect(error).toMatchObject({
        code: 'IMAGE_INCOMPLETE',
        kind: 'not-found',
      });
    },
  );

  it('follows a blob to another host without credentials', async () => {
    const pushed = await registry.push({ revision, tag: 'redirected' });
    const config = JSON.parse(Buffer.from(pushed.bytes).toString()).config;
    const blob = await fetch(
      `${registry.direct}/v2/${testPath}/blobs/${config.digest}`,
    );
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const store = await serve(async () => ({
      status: 200,
      headers: {},
      body: bytes,
    }));
    registry.faults.add({
      path: /blobs/,
      fault: {
        kind: 'answer',
        status: 307,
        headers: { location: `${store.url}/blob?signed` },
      },
    });
    const { image } = openTestImage(registry.host);
    const manifest = await image.readManifest('redirected', signal);
    expect(await image.readRevisions(manifest!, signal)).toEqual([revision]);
    expect(store.log).toEqual([
      { method: 'GET', path: '/blob?signed', status: 200 },
    ]);
    await store.close();
  });
});
