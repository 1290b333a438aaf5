import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { seedForge } from './seed-forge.mjs';
import { buildHeadImage, seedImages } from './seed-images.mjs';
import { ROOT } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'seed-images-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const git = (forge, ...args) =>
  execFileSync('git', [`--git-dir=${join(forge, 'ledger.git')}`, ...args], {
    encoding: 'utf8',
  }).trim();
const layoutOf = forge => join(forge, 'images/ledger');
const read = (forge, digest) =>
  readFileSync(join(layoutOf(forge), 'blobs/sha256', digest.slice(7)));
const tagsOf = forge =>
  new Map(
    JSON.parse(
      readFileSync(join(layoutOf(forge), 'index.json'), 'utf8'),
    ).manifests.map(({ digest, annotations }) => [
      annotations['org.opencontainers.image.ref.name'],
      digest,
    ]),
  );

describe('seedImages', () => {
  const forge = join(folder, 'forge');
  before(() => seedForge(forge));

  it('makes an image for each version and for the head, under the SHA of its commit', async () => {
    assert.equal(await seedImages(forge), true);
    const tags = tagsOf(forge);
    const versions = ['0.1.0', '0.2.0', '0.3.0'];
    const commits = versions.map(version =>
      git(forge, 'rev-parse', `v${version}^{commit}`),
    );
    const head = git(forge, 'rev-parse', 'main');
    assert.deepEqual(
      [...tags.keys()].sort(),
      [...versions, ...commits, head].sort(),
    );
    versions.forEach((version, at) =>
      assert.equal(tags.get(version), tags.get(commits[at])),
    );
    assert.equal(new Set(tags.values()).size, 4);
  });

  it('names in each image the commit that it was built from', () => {
    for (const [tag, digest] of tagsOf(forge)) {
      if (tag.length !== 40) continue;
      const { config } = JSON.parse(read(forge, digest));
      const { Labels } = JSON.parse(read(forge, config.digest)).config;
      assert.equal(Labels['org.opencontainers.image.revision'], tag);
    }
  });

  it('has the bytes of their digests, and layers that tar can read', () => {
    const blobs = join(layoutOf(forge), 'blobs/sha256');
    for (const name of readdirSync(blobs)) {
      const bytes = readFileSync(join(blobs, name));
      assert.equal(createHash('sha256').update(bytes).digest('hex'), name);
    }
    const { layers, config } = JSON.parse(
      read(forge, tagsOf(forge).get('0.3.0')),
    );
    const { rootfs } = JSON.parse(read(forge, config.digest));
    assert.deepEqual(
      rootfs.diff_ids,
      layers.map(({ digest }) => digest),
    );
    const [layer] = layers;
    const path = join(blobs, layer.digest.slice(7));
    assert.equal(
      execFileSync('tar', ['-xOf', path, 'app/VERSION'], { encoding: 'utf8' }),
      `0.3.0 ${git(forge, 'rev-parse', 'v0.3.0^{commit}')}\n`,
    );
  });

  it('makes the same images again elsewhere', async () => {
    const other = join(folder, 'other');
    await seedForge(other);
    await mkdir(`${layoutOf(other)}.draft`, { recursive: true });
    await writeFile(`${layoutOf(other)}.draft/half`, '');
    await seedImages(other);
    assert.deepEqual(tagsOf(other), tagsOf(forge));
    assert.deepEqual(readdirSync(join(other, 'images')), ['ledger']);
  });

  it('leaves images that are there alone', async () => {
    const index = () => readFileSync(join(layoutOf(forge), 'index.json'));
    const held = index();
    assert.equal(await seedImages(forge), false);
    assert.deepEqual(index(), held);
  });
});

describe('buildHeadImage', () => {
  it('adds the image of a new head, from which dojo releases', async () => {
    const forge = join(folder, 'released');
    await seedForge(forge);
    await seedImages(forge);
    const head = git(
      forge,
      ...['-c', 'user.name=Ada', '-c', 'user.email=ada@ledger.test'],
      ...['commit-tree', 'main^{tree}', '-p', 'main', '-m', 'feat: one more'],
    );
    git(forge, 'update-ref', 'refs/heads/main', head);
    const digest = await buildHeadImage(forge);
    assert.equal(tagsOf(forge).get(head), digest);

    const result = JSON.parse(
      execFileSync(
        process.execPath,
        [
          join(ROOT, 'scripts/dojo.cjs'),
          'release',
          ...['--repository', join(forge, 'ledger.git')],
          ...['--image', `oci:${layoutOf(forge)}`, '--json'],
        ],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          env: { ...process.env, INIT_CWD: folder },
        },
      ),
    );
    assert.equal(result.outcome, 'released');
    assert.equal(tagsOf(forge).get('0.4.0'), digest);
  });
});
