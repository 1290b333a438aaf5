import { failureOf } from '../http/__testUtils__/failure-of';
import { imageTypes, indexTypes, toDigest } from './manifest';
import { readRevisions } from './read-revisions';

const subject = 'ghcr.io/acme/ledger@sha256:0';

/** A registry that holds what is put into it. */
function createStore() {
  const held = new Map<string, Uint8Array>();
  const put = (content: unknown) => {
    const bytes = Buffer.from(
      typeof content === 'string' ? content : JSON.stringify(content),
    );
    const digest = toDigest(bytes);
    held.set(digest, bytes);
    return { digest, bytes, size: bytes.length };
  };
  const image = (
    config: unknown,
    mediaType: string = 'application/vnd.oci.image.config.v1+json',
  ) => {
    const { digest, size } = put(config);
    return {
      ...put({ config: { mediaType, digest, size }, layers: [] }),
      mediaType: imageTypes[0] as string,
    };
  };
  const index = (
    ...children: { digest: string; size: number; mediaType: string }[]
  ) => ({
    ...put({
      manifests: children.map(({ digest, size, mediaType }) => ({
        digest,
        size,
        mediaType,
      })),
    }),
    mediaType: indexTypes[0] as string,
  });
  const types = new Map<string, string>();
  const read = (
    root: ReturnType<typeof index>,
    known: ReturnType<typeof index>[] = [],
  ) => {
    known.forEach(each => types.set(each.digest, each.mediaType));
    return readRevisions(root, subject, {
      readManifest: async digest => {
        const bytes = held.get(digest);
        return bytes && { digest, bytes, mediaType: types.get(digest) ?? '' };
      },
      readConfig: async digest => held.get(digest),
    });
  };
  return { put, image, index, read };
}

describe('readRevisions', () => {
  it('reads an index of indexes', async () => {
    const { image, index, read } = createStore();
    const key = 'org.opencontainers.image.revision';
    const leaf = image({ config: { Labels: { [key]: 'abc' } } });
    const inner = index(leaf);
    expect(await read(index(inner), [leaf, inner])).toEqual(['abc']);
  });

  it('stops at the fourth', async () => {
    const { image, index, read } = createStore();
    const chain = [index(image({}))];
    for (let depth = 0; depth < 3; depth += 1) chain.push(index(chain[depth]));
    expect(await failureOf(read(chain[3], chain))).toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      message: `${subject}: it is nested deeper than 3 indexes`,
    });
  });

  it.each([
    ['no labels', { config: {} }],
    ['no config', {}],
    ['labels of null', { config: { Labels: null } }],
    [
      'an empty label',
      { config: { Labels: { 'org.opencontainers.image.revision': '' } } },
    ],
  ])('finds none in %s', async (_, config) => {
    const { image, read } = createStore();
    expect(await read(image(config))).toEqual([]);
  });

  it.each([
    ['not JSON', '{'],
    ['labels that are none', { config: { Labels: ['x'] } }],
  ])(
    'does not take a configuration for empty that is %s',
    async (_, config) => {
      const { image, read } = createStore();
      expect(await failureOf(read(image(config)))).toMatchObject({
        code: 'IMAGE_UNSUPPORTED',
      });
    },
  );

  it('reads no labels from an artifact', async () => {
    const { image, read } = createStore();
    expect(await read(image('not JSON', 'application/vnd.acme.chart'))).toEqual(
      [],
    );
  });

  it('refuses what is no manifest', async () => {
    const { put, read } = createStore();
    const root = { ...put('{}'), mediaType: imageTypes[0] as string };
    expect(await failureOf(read(root))).toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      message: `${subject}: the manifest is not valid at config: Required`,
    });
  });
});
