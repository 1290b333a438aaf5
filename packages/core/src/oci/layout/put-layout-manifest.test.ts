import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { createImageOpener } from '../create-image-opener';
import { leaveDeadWriter } from './__testUtils__/dead-writer';
import { layoutName as name, layoutWorld } from './__testUtils__/layout-world';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const revision = 'a'.repeat(40);

describe('OciLayoutRepository.putManifest', () => {
  const world = layoutWorld();

  it('adds a tag to an image that is there, once', async () => {
    const image = world.layout.image('one', revision);
    world.layout.tag({ [revision]: image });
    await world.open().putManifest('1.0.0', image, signal);
    expect(await world.open().readDigest('1.0.0', signal)).toBe(image.digest);
    expect(await world.open().readDigest(revision, signal)).toBe(image.digest);
    const before = readFileSync(join(world.layout.folder, 'index.json'));
    await world.open().putManifest('1.0.0', image, signal);
    expect(readFileSync(join(world.layout.folder, 'index.json'))).toEqual(
      before,
    );
    expect(world.entries()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('adds the bytes of an image that is not, also to a layout without blobs', async () => {
    const image = world.layout.image('one');
    rmSync(join(world.layout.folder, 'blobs'), { recursive: true });
    await world.open().putManifest('1.0.0', image, signal);
    expect(readFileSync(world.blobOf(image))).toEqual(Buffer.from(image.bytes));
    expect(await world.open().readManifest('1.0.0', signal)).toEqual(image);
  });

  it('puts an image by its digest without a tag, and names that entry when it gets one', async () => {
    const image = world.layout.image('one');
    await world.open().putManifest(image.digest, image, signal);
    await world.open().putManifest(image.digest, image, signal);
    const entry = {
      mediaType: image.mediaType,
      digest: image.digest,
      size: image.bytes.length,
    };
    expect(world.index().manifests).toEqual([entry]);
    await world.open().putManifest('1.0.0', image, signal);
    expect(world.index().manifests).toEqual([
      {
        ...entry,
        annotations: { 'org.opencontainers.image.ref.name': '1.0.0' },
      },
    ]);
  });

  it('leaves a tag of another digest alone', async () => {
    const theirs = world.layout.image('theirs');
    const ours = world.layout.image('ours');
    world.layout.tag({ '1.0.0': theirs });
    expect(
      await failureOf(world.open().putManifest('1.0.0', ours, signal)),
    ).toMatchObject({
      code: 'IMAGE_TAG_TAKEN',
      kind: 'conflict',
      message: `${name}:1.0.0 holds ${theirs.digest}, planned ${ours.digest}`,
    });
    expect(await world.open().readDigest('1.0.0', signal)).toBe(theirs.digest);
  });

  it('moves a tag where it is told to, and keeps the image that had it', async () => {
    const before = world.layout.image('before');
    const after = world.layout.image('after');
    world.layout.tag({ latest: before });
    await world
      .open()
      .putManifest('latest', after, signal, { overwrite: true });
    expect(await world.open().readDigest('latest', signal)).toBe(after.digest);
    expect(world.index().manifests.map(each => each.digest)).toEqual([
      before.digest,
      after.digest,
    ]);
  });

  it('keeps what others wrote into index.json', async () => {
    const image = world.layout.image('one');
    const foreign = {
      mediaType: image.mediaType,
      digest: image.digest,
      size: image.bytes.length,
      platform: { os: 'linux', architecture: 'amd64' },
      annotations: {
        'org.opencontainers.image.ref.name': 'ghcr.io/acme/ledger:0.9.0',
        other: 'kept',
      },
    };
    world.layout.write('index.json', {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [foreign],
      annotations: { of: 'somebody' },
    });
    await world.open().putManifest('1.0.0', image, signal);
    expect(world.index()).toMatchObject({
      annotations: { of: 'somebody' },
      manifests: [
        foreign,
        {
          platform: foreign.platform,
          annotations: {
            other: 'kept',
            'org.opencontainers.image.ref.name': '1.0.0',
          },
        },
      ],
    });
  });

  it('loses none of 32 tags that are added at once, and none is added twice', async () => {
    const images = Array.from({ length: 32 }, (_, at) =>
      world.layout.image(`image ${at % 16}`),
    );
    await Promise.all(
      images.map((image, at) =>
        world.open().putManifest(`1.0.${at % 16}`, image, signal),
      ),
    );
    for (const [at, image] of images.slice(0, 16).entries()) {
      expect(await world.open().readDigest(`1.0.${at}`, signal)).toBe(
        image.digest,
      );
    }
    expect(world.index().manifests).toHaveLength(16);
    expect(world.entries()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('gives one tag to one of 8 different images', async () => {
    const images = Array.from({ length: 8 }, (_, at) =>
      world.layout.image(`rival ${at}`),
    );
    const ends = await Promise.allSettled(
      images.map(image => world.open().putManifest('1.0.0', image, signal)),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(world.index().manifests).toHaveLength(1);
  });

  it('removes what a killed run left, and goes on', async () => {
    const left = leaveDeadWriter(world.layout.folder);
    expect(world.entries()).toContain(left);
    const image = world.layout.image('one');
    await world.open().putManifest('1.0.0', image, signal);
    expect(world.entries()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });

  it('waits for a run of another machine, and says whose it is after half a minute', async () => {
    mkdirSync(join(world.layout.folder, '.dojo-writer-elsewhere-7-abc'));
    let now = 0;
    const repository = createImageOpener({
      registries: [],
      allow: 'listed',
      layouts: { kind: 'below', path: world.root },
      ports: {
        clock: { now: () => new Date(now) },
        sleep: async milliseconds => {
          now += milliseconds;
        },
      },
    })(name);
    const image = world.layout.image('one');
    expect(
      await failureOf(repository.putManifest('1.0.0', image, signal)),
    ).toMatchObject({
      code: 'IMAGE_LAYOUT_BUSY',
      message: expect.stringContaining('.dojo-writer-elsewhere-7-abc'),
    });
    expect(now).toBeGreaterThanOrEqual(30_000);
    expect(world.index().manifests).toEqual([]);
  });

  it('says what the system says where it cannot write', async () => {
    const image = world.layout.image('one');
    rmSync(join(world.layout.folder, 'blobs'), { recursive: true });
    world.layout.write('blobs', 'a file');
    expect(
      await failureOf(world.open().putManifest('1.0.0', image, signal)),
    ).toMatchObject({
      code: 'IMAGE_LAYOUT_UNWRITABLE',
      message: expect.stringMatching(/cannot be written: E[A-Z]+ \(mkdir\)$/),
    });
    expect(world.index().manifests).toEqual([]);
  });

  it('writes nothing once it is stopped', async () => {
    const image = world.layout.image('one');
    await expect(
      world.open().putManifest('1.0.0', image, AbortSignal.abort()),
    ).rejects.toThrow('aborted');
    expect(world.index().manifests).toEqual([]);
  });

  it('refuses bytes that are not the digest’s, and what is no manifest', async () => {
    const image = world.layout.image('one');
    const other = { ...image, bytes: Buffer.from('{}') };
    expect(
      await failureOf(world.open().putManifest('1.0.0', other, signal)),
    ).toMatchObject({ code: 'IMAGE_DIGEST_MISMATCH' });
    const artifact = { ...image, mediaType: 'text/plain' };
    expect(
      await failureOf(world.open().putManifest('1.0.0', artifact, signal)),
    ).toMatchObject({ code: 'IMAGE_UNSUPPORTED' });
    expect(world.index().manifests).toEqual([]);
  });
});
