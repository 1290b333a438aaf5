import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { createImageOpener } from '../create-image-opener';
import { layoutName as name, layoutWorld } from './__testUtils__/layout-world';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const revision = 'a'.repeat(40);

describe('OciLayoutRepository', () => {
  const world = layoutWorld();

  describe('when it reads', () => {
    it('finds an image by its tag and by its digest', async () => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': image });
      const repository = world.open();
      expect(repository.name).toBe(name);
      expect(await repository.readManifest('1.0.0', signal)).toEqual(image);
      expect(await repository.readManifest(image.digest, signal)).toEqual(
        image,
      );
      expect(await repository.readDigest('1.0.0', signal)).toBe(image.digest);
    });

    it('says undefined of what is not there', async () => {
      const absent = world.layout.image('absent');
      rmSync(world.blobOf(absent));
      const repository = world.open();
      expect(await repository.readManifest('1.0.0', signal)).toBeUndefined();
      expect(
        await repository.readManifest(absent.digest, signal),
      ).toBeUndefined();
      expect(await repository.readDigest('1.0.0', signal)).toBeUndefined();
    });

    it('reads the revision of every platform, which no entry of index.json names', async () => {
      const image = world.layout.platforms(
        world.layout.image('amd64', revision),
        world.layout.image('arm64', 'b'.repeat(40)),
      );
      world.layout.tag({ '1.0.0': image });
      const repository = world.open();
      const manifest = (await repository.readManifest('1.0.0', signal))!;
      expect(await repository.readRevisions(manifest, signal)).toEqual([
        revision,
        'b'.repeat(40),
      ]);
    });

    it('sees what others wrote meanwhile', async () => {
      const repository = world.open();
      expect(await repository.readDigest('1.0.0', signal)).toBeUndefined();
      const image = world.layout.image('late');
      world.layout.tag({ '1.0.0': image });
      expect(await repository.readDigest('1.0.0', signal)).toBe(image.digest);
    });

    it('reads a layout anywhere for the command, relative to where it was called', async () => {
      const image = world.layout.image('one');
      world.layout.tag({ '1.0.0': image });
      const opener = createImageOpener({
        registries: [],
        allow: 'any',
        layouts: { kind: 'anywhere', cwd: join(world.root, 'images') },
      });
      for (const each of [
        'oci:ledger',
        'oci:../images/ledger',
        `oci:${world.layout.folder}`,
      ]) {
        expect(await opener(each).readDigest('1.0.0', signal)).toBe(
          image.digest,
        );
      }
    });
  });

  describe('when the name leads elsewhere', () => {
    it.each([
      ['oci:../images/ledger', 'a path that leaves the forge'],
      ['oci:.', 'the forge itself'],
      ['oci:/etc', 'an absolute path'],
    ])('refuses %s: %s', async repository => {
      expect(
        await failureOf(
          world
            .open(repository, join(world.root, 'forge'))
            .readDigest('1.0.0', signal),
        ),
      ).toMatchObject({ code: 'IMAGE_LAYOUT_OUTSIDE_FORGE', kind: 'input' });
    });

    it('refuses a link out of the forge', async () => {
      const forge = join(world.root, 'forge');
      mkdirSync(forge);
      symlinkSync(world.layout.folder, join(forge, 'ledger'));
      expect(
        await failureOf(
          world.open('oci:ledger', forge).readDigest('1.0.0', signal),
        ),
      ).toMatchObject({ code: 'IMAGE_LAYOUT_OUTSIDE_FORGE' });
    });

    it('says which is not there', async () => {
      mkdirSync(join(world.root, 'empty'));
      for (const repository of ['oci:none', 'oci:empty']) {
        expect(
          await failureOf(world.open(repository).readDigest('1.0.0', signal)),
        ).toMatchObject({
          code: 'IMAGE_LAYOUT_MISSING',
          message: expect.stringContaining(repository),
        });
      }
      expect(existsSync(join(world.root, 'none'))).toBe(false);
    });

    it('refuses every layout where none is configured', () => {
      const opener = createImageOpener({ registries: [], allow: 'any' });
      expect(() => opener(name)).toThrow(
        expect.objectContaining({ code: 'IMAGE_LAYOUT_OUTSIDE_FORGE' }),
      );
    });

    it.each([
      ['oci:', 'it names no folder'],
      ['oci:images/ledger:1.0.0', 'it has a tag'],
      [`oci:images/ledger@sha256:${'0'.repeat(64)}`, 'it has a digest'],
      ['oci://ghcr.io/acme/ledger', 'a layout is on no other host'],
      ['oci:images/\u0000ledger', 'it holds a control character'],
      [`oci:${'a/'.repeat(300)}`, 'it is too long'],
    ])('refuses "%s"', (repository, problem) => {
      expect(() => world.open(repository)).toThrow(
        expect.objectContaining({
          code: 'IMAGE_REPOSITORY_INVALID',
          message: expect.stringContaining(problem),
        }),
      );
    });
  });
});
