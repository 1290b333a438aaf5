import { setImmediate } from 'node:timers/promises';
import type { LandingComponent } from './landings';
import { placeOf } from './overlay-paths';
import type { LandingRepository } from './ports';
import { maxFileBytes, readWanted } from './read-wanted';
import type { ReadWanted } from './read-wanted';

/** Files of one overlay that are read; a folder of more is read without the rest. */
const maxFiles = 200;
/** Overlays that are read without letting others have their turn. */
const atOnce = 16;

/** What is in the overlays at the head, by their folders; one that is not there is not in it. */
export type ReadOverlays = ReadonlyMap<string, ReadWanted>;

/**
 * Reads overlays as they stand at the head.
 *
 * @throws DojoError as the repository is read.
 */
export async function readOverlays(
  components: ReadonlyMap<string, LandingComponent>,
  repository: LandingRepository,
  asked: {
    readonly head: string;
    /** Default: all of them. */
    readonly folders?: readonly string[];
  },
  signal: AbortSignal,
): Promise<ReadOverlays> {
  const read = new Map<string, ReadWanted>();
  if (asked.folders?.length === 0) return read;
  const all = await repository.listFiles(asked.head, asked.folders, signal);
  const overlays = new Map<string, { name: string; oid: string }[]>();
  for (const { path, oid } of all) {
    const place = placeOf(path);
    if (place === undefined || !components.has(place.component)) continue;
    const files = overlays.get(place.folder) ?? [];
    // What is in folders of its own belongs to what names it, and is no overlay's own file.
    if (!place.name.includes('/') && files.length < maxFiles) {
      files.push({ name: place.name, oid });
    }
    overlays.set(place.folder, files);
  }
  const folders = [...overlays];
  for (let start = 0; start < folders.length; start += atOnce) {
    const some = folders.slice(start, start + atOnce);
    const oids = [
      ...new Set(some.flatMap(([, files]) => files.map(({ oid }) => oid))),
    ];
    const texts = await repository.readTexts(oids, maxFileBytes, signal);
    const textOf = new Map(oids.map((oid, at) => [oid, texts[at]]));
    for (const [folder, files] of some) {
      const component = components.get(folder.split('/', 1)[0])!;
      const named = new Map(
        files.map(({ name, oid }) => [name, textOf.get(oid)]),
      );
      read.set(folder, readWanted(folder, named, component));
    }
    await setImmediate(undefined, { signal });
  }
  return read;
}
