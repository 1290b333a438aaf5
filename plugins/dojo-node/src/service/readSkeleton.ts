import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { readWorkspace, WorkspaceFile } from 'dojo-portal-core/service';

/** What a template renders. */
export interface Skeleton {
  readonly files: number;
  /** SHA-256 of all of them. */
  readonly digest: string;
}

const limits = { maxFiles: 2_000, maxBytes: 16 * 1024 * 1024 };

/**
 * Counts and hashes the files that the template of new services would render, where they are on this machine.
 *
 * @returns undefined where the template came from elsewhere, or cannot be read: its own step says why.
 */
export async function readSkeleton(
  template: Entity | undefined,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<Skeleton | undefined> {
  const place = placeOf(template);
  if (place === undefined) return undefined;
  const files = new Map<string, WorkspaceFile>();
  try {
    for (const folder of folders) {
      const found = await readWorkspace(join(place, folder), limits, signal);
      for (const file of found) files.set(file.path, file);
    }
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) {
    const { mode, bytes } = files.get(path)!;
    hash.update(`${mode} ${path}\0${bytes.length}\0`).update(bytes);
  }
  return { files: files.size, digest: hash.digest('hex') };
}

/** Of the catalog alone: no file of an entity's own can say where it was read. */
function placeOf(template: Entity | undefined): string | undefined {
  const location = template?.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!location?.startsWith('file:')) return undefined;
  const path = location.slice('file:'.length);
  const isUrl = path.startsWith('//');
  return dirname(isUrl ? fileURLToPath(location) : path);
}
