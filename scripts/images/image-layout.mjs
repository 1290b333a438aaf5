import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const type = 'application/vnd.oci.image';
const refName = 'org.opencontainers.image.ref.name';

/** Makes an OCI image layout without images. */
export async function makeLayout(folder) {
  await mkdir(join(folder, 'blobs/sha256'), { recursive: true });
  await writeIndex(folder, { schemaVersion: 2, manifests: [] });
  await writeFile(
    join(folder, 'oci-layout'),
    `${JSON.stringify({ imageLayoutVersion: '1.0.0' })}\n`,
  );
}

/** Adds an image of one layer under tags, moving those that are there. Returns its digest. */
export async function addImage(folder, { layer, config }, tags) {
  const blob = async (mediaType, content) => {
    const bytes = Buffer.isBuffer(content)
      ? content
      : Buffer.from(JSON.stringify(content));
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(folder, 'blobs/sha256', hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const layerOf = await blob(`${type}.layer.v1.tar`, layer);
  const rootfs = { type: 'layers', diff_ids: [layerOf.digest] };
  const manifest = await blob(`${type}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${type}.manifest.v1+json`,
    config: await blob(`${type}.config.v1+json`, { ...config, rootfs }),
    layers: [layerOf],
  });
  const index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const others = index.manifests.filter(
    ({ annotations }) => !tags.includes(annotations?.[refName]),
  );
  const named = tags.map(tag => ({
    ...manifest,
    annotations: { [refName]: tag },
  }));
  await writeIndex(folder, { ...index, manifests: [...others, ...named] });
  return manifest.digest;
}

/** Whoever reads it meanwhile reads the one before or this one. */
async function writeIndex(folder, index) {
  const draft = join(folder, 'index.json.draft');
  await writeFile(draft, `${JSON.stringify(index, undefined, 2)}\n`);
  await rename(draft, join(folder, 'index.json'));
}
