import fc from 'fast-check';
import { toDigest } from '../manifest';
import {
  entryOfDigest,
  entryOfTag,
  parseLayoutIndex,
  printLayoutIndex,
  withManifest,
} from './layout-index';
import type { LayoutIndex } from './layout-index';

const seed = 20261129;
const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const image = (content: string) => {
  const bytes = Buffer.from(content);
  return { digest: toDigest(bytes), mediaType, bytes };
};
const empty: LayoutIndex = { schemaVersion: 2, manifests: [] };

describe('withManifest', () => {
  it(`does what a registry's tags do, whatever the order (seed ${seed})`, () => {
    const tag = fc.constantFrom('1.0.0', '1', 'latest', undefined);
    const put = fc.record({ tag, content: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 12 }), puts => {
        const tags = new Map<string, string>();
        const digests = new Set<string>();
        let index = empty;
        for (const { tag: name, content } of puts) {
          const manifest = image(content);
          index = withManifest(index, manifest, name);
          digests.add(manifest.digest);
          if (name !== undefined) tags.set(name, manifest.digest);
        }
        const parsed = parseLayoutIndex(Buffer.from(printLayoutIndex(index)!));
        expect(parsed).toEqual({ kind: 'index', index });
        for (const [name, digest] of tags) {
          expect(entryOfTag(index, name)?.digest).toBe(digest);
        }
        for (const digest of digests) {
          expect(entryOfDigest(index, digest)).toBeDefined();
        }
        expect(index.manifests.length).toBeLessThanOrEqual(
          tags.size + digests.size,
        );
      }),
      { seed },
    );
  });
});

describe('parseLayoutIndex', () => {
  const named = (name: string) =>
    parseLayoutIndex(
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          manifests: [
            {
              mediaType,
              digest: image('a').digest,
              size: 1,
              annotations: { 'org.opencontainers.image.ref.name': name },
            },
          ],
        }),
      ),
    ).kind;

  it.each([
    '1.0.0',
    'a'.repeat(128),
    'ghcr.io/acme/ledger:1.0.0',
    '1.0-rc.1_b',
  ])('takes the ref name %s', name => expect(named(name)).toBe('index'));

  it.each([
    '',
    '/etc/passwd',
    '../x',
    'a/../b',
    'a b',
    'a\\b',
    'a'.repeat(513),
  ])('refuses the ref name %j', name => expect(named(name)).toBe('invalid'));
});
