import { mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sleep } from '../../http/retry';
import { findLocal } from '../../local/local-root';
import type { LocalRoot } from '../../local/local-root';
import { createTemporaryFolder } from '../../local/temporary-folder';
import { commitImage } from './commit-image';
import type { ImagedCommit } from './commit-image';
import { layoutErrors } from './layout-errors';
import { OciLayoutRepository } from './oci-layout-repository';
import { parseImageLayout } from './parse-image-layout';

/** Where an image is added. */
export interface ImagePlace {
  /** `oci:images/savings`; it is made where it is not there. */
  readonly repository: string;
  readonly root: LocalRoot;
}

/**
 * Does what the CI of a service does: makes the image of a commit in an image layout, under the commit's id and further
 * tags. Each file is made beside its place and renamed, so that a run that is killed leaves nothing half made; tags that
 * are there already and mean another image stay as they are.
 *
 * @returns the image's digest.
 * @throws DojoError IMAGE_TAG_TAKEN, IMAGE_LAYOUT_INVALID, IMAGE_LAYOUT_OUTSIDE_FORGE, IMAGE_LAYOUT_BUSY and the like.
 */
export async function addCommitImage(
  { repository, root }: ImagePlace,
  commit: ImagedCommit,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const name = parseImageLayout(repository);
  const folder = await ensureLayout(repository, name, root);
  const { manifest, blobs } = commitImage(commit);
  for (const [digest, bytes] of blobs) await addBlob(folder, digest, bytes);
  const clock = { now: () => new Date() };
  const layout = new OciLayoutRepository(repository, name, root, {
    sleep,
    clock,
  });
  for (const tag of [commit.commit, ...tags]) {
    await layout.putManifest(tag, manifest, signal);
  }
  return manifest.digest;
}

/** The real path of a layout, which is made without images where nothing is there. */
async function ensureLayout(
  repository: string,
  name: string,
  root: LocalRoot,
): Promise<string> {
  const found = await findLocal(name, root);
  if (found.kind === 'found') return found.path;
  const top = root.kind === 'below' ? root.path : root.cwd;
  const path = resolve(top, name);
  // A link on the way may lead anywhere: what is above is looked at as the whole was.
  const above = await ensureFolder(dirname(path), root);
  if (found.kind === 'outside' || !above) {
    throw layoutErrors.outsideRoot(repository);
  }
  const draft = await createTemporaryFolder(dirname(path), '.draft-');
  try {
    const made = join(draft.path, 'layout');
    await mkdir(join(made, 'blobs/sha256'), { recursive: true });
    const index = { schemaVersion: 2, manifests: [] };
    await writeFile(join(made, 'index.json'), print(index));
    const marker = { imageLayoutVersion: '1.0.0' };
    await writeFile(join(made, 'oci-layout'), print(marker));
    await rename(made, path).catch(error => {
      // Another run made it at this moment.
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    });
  } finally {
    await draft.dispose();
  }
  const made = await findLocal(name, root);
  if (made.kind !== 'found') throw layoutErrors.missing(repository);
  return made.path;
}

async function ensureFolder(path: string, root: LocalRoot): Promise<boolean> {
  if (root.kind === 'anywhere' || path === root.path) {
    await mkdir(path, { recursive: true });
    return true;
  }
  const found = await findLocal(path, root);
  if (found.kind === 'found') return true;
  if (found.kind === 'outside') return false;
  if (!(await ensureFolder(dirname(path), root))) return false;
  await mkdir(path).catch(error => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await findLocal(path, root)).kind === 'found';
}

function print(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A blob is named by its bytes: one that is there is the same one, or is found out by whoever reads it. */
async function addBlob(
  layout: string,
  digest: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = join(layout, 'blobs/sha256', digest.slice('sha256:'.length));
  const isThere = await stat(path).then(
    ({ size }) => size === bytes.length,
    () => false,
  );
  if (isThere) return;
  const draft = await createTemporaryFolder(layout, '.blob-');
  try {
    const file = await open(join(draft.path, 'blob'), 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      // On the disk before its name is.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(join(draft.path, 'blob'), path);
  } finally {
    await draft.dispose();
  }
}
