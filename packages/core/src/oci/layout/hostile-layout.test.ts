import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../../http/__testUtils__/failure-of';
import type { ImageManifest } from '../../release/ports';
import { layoutWorld } from './__testUtils__/layout-world';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('OciLayoutRepository', () => {
  const world = layoutWorld();

  describe('when the layout is hostile', () => {
    const outside = () => {
      const secret = join(world.root, 'secret.json');
      writeFileSync(secret, '{"schemaVersion":2,"manifests":[]}');
      return secret;
    };

    const hostile: [string, (image: ImageManifest) => void, string][] = [
      [
        'index.json is a link',
        () => {
          rmSync(join(world.layout.folder, 'index.json'));
          symlinkSync(outside(), join(world.layout.folder, 'index.json'));
        },
        'index.json is a link',
      ],
      [
        'oci-layout is a link',
        () => {
          renameSync(
            join(world.layout.folder, 'oci-layout'),
            join(world.root, 'marker'),
          );
          symlinkSync('../../marker', join(world.layout.folder, 'oci-layout'));
        },
        'oci-layout is a link',
      ],
      [
        'blobs is a link',
        () => {
          renameSync(
            join(world.layout.folder, 'blobs'),
            join(world.root, 'blobs'),
          );
          symlinkSync('../../blobs', join(world.layout.folder, 'blobs'));
        },
        'is reached by a link',
      ],
      [
        'a blob is a link',
        image => {
          renameSync(world.blobOf(image), join(world.root, 'blob'));
          symlinkSync(join(world.root, 'blob'), world.blobOf(image));
        },
        'is a link',
      ],
      [
        'a blob is a pipe that nobody writes',
        image => {
          rmSync(world.blobOf(image));
          execFileSync('mkfifo', [world.blobOf(image)]);
        },
        'is no regular file',
      ],
      [
        'index.json is a folder',
        () => {
          rmSync(join(world.layout.folder, 'index.json'));
          mkdirSync(join(world.layout.folder, 'index.json'));
        },
        'index.json is no regular file',
      ],
      [
        'index.json has no end',
        () => truncateSync(join(world.layout.folder, 'index.json'), 2 ** 40),
        'index.json has 1099511627776 bytes, more than 4194304',
      ],
      [
        'index.json is not JSON',
        () => world.layout.write('index.json', '['.repeat(100_000)),
        'index.json is not JSON',
      ],
      [
        'it has too many entries',
        image =>
          world.layout.write('index.json', {
            schemaVersion: 2,
            manifests: Array(10_001).fill({
              mediaType: 'x',
              digest: image.digest,
              size: 1,
            }),
          }),
        'index.json is not valid at manifests',
      ],
      [
        'a ref name is a path',
        image => world.layout.tag({ '../../../etc/passwd': image }),
        'is neither a tag nor the name of an image',
      ],
      [
        'a digest is a path',
        image =>
          world.layout.tag({
            '1.0.0': { ...image, digest: 'sha256:../../secret' },
          }),
        'is no sha256 digest',
      ],
      [
        'a tag means two images',
        image => {
          const entry = (digest: string) => ({
            mediaType: image.mediaType,
            digest,
            size: image.bytes.length,
            annotations: { 'org.opencontainers.image.ref.name': '1.0.0' },
          });
          world.layout.write('index.json', {
            schemaVersion: 2,
            manifests: [entry(image.digest), entry(`sha256:${'0'.repeat(64)}`)],
          });
        },
        'index.json names two images 1.0.0',
      ],
      [
        'it is of another version',
        () => world.layout.write('oci-layout', { imageLayoutVersion: '2.0.0' }),
        'oci-layout does not say imageLayoutVersion 1.0.0',
      ],
    ];
    it.each(hostile)('refuses it: %s', async (_, spoil, problem) => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': image });
      spoil(image);
      const refusal = {
        code: 'IMAGE_LAYOUT_INVALID',
        kind: 'refused',
        message: expect.stringContaining(problem),
      };
      const before = readdirSync(world.root, { recursive: true }).length;
      expect(
        await failureOf(world.open().readManifest('1.0.0', signal)),
      ).toMatchObject(refusal);
      expect(
        await failureOf(world.open().putManifest('1.0.0', image, signal)),
      ).toMatchObject(refusal);
      expect(readdirSync(world.root, { recursive: true })).toHaveLength(before);
    });

    it('refuses an image whose size is another', async () => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': { ...image, bytes: Buffer.from('{}') } });
      expect(
        await failureOf(world.open().readManifest('1.0.0', signal)),
      ).toMatchObject({
        code: 'IMAGE_LAYOUT_INVALID',
        message: expect.stringContaining('bytes, and 2 in index.json'),
      });
    });

    it('does not write again what is nested too deeply for it', async () => {
      const image = world.layout.image('one');
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      world.layout.write(
        'index.json',
        `{"schemaVersion":2,"manifests":[],"deep":${deep}}`,
      );
      expect(
        await failureOf(world.open().putManifest('1.0.0', image, signal)),
      ).toMatchObject({
        code: 'IMAGE_LAYOUT_INVALID',
        message: expect.stringContaining('nested too deeply'),
      });
      expect(world.entries()).toEqual(['blobs', 'index.json', 'oci-layout']);
    });

    it('refuses bytes that are not the digest’s', async () => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': image });
      writeFileSync(
        world.blobOf(image),
        Buffer.from(image.bytes).fill(32, 0, 1),
      );
      expect(
        await failureOf(world.open().readManifest('1.0.0', signal)),
      ).toMatchObject({
        code: 'IMAGE_LAYOUT_INVALID',
        message: expect.stringMatching(
          /blobs\/sha256\/[0-9a-f]{64} has the bytes of sha256:[0-9a-f]{64}$/,
        ),
      });
    });

    it('says what is missing of an image that is named', async () => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': image });
      rmSync(world.blobOf(image));
      expect(
        await failureOf(world.open().readManifest('1.0.0', signal)),
      ).toMatchObject({ code: 'IMAGE_INCOMPLETE', kind: 'not-found' });
    });
  });
});
