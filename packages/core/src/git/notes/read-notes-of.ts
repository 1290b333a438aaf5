import { gitErrors } from '../git-errors';
import type { TreeSource } from '../objects/tree-files';
import type { SizedTreeSource } from '../objects/tree-folder';
import { findNote } from './find-note';
import type { FoundNote } from './find-note';

/** Of the notes of many objects together. */
const maxNotesBytes = 16 * 1024 * 1024;

/**
 * The notes of many objects in a tree of notes, in their order; each tree is read once. Bytes that are no text become
 * replacement characters, so that one strange note hides no other.
 *
 * @throws DojoError GIT_OBJECT_TOO_LARGE
 */
export async function readNotesOf(
  objects: SizedTreeSource,
  { tree, display }: { readonly tree: string; readonly display: string },
  asked: readonly string[],
  signal: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  const source = keptTrees(objects);
  const found: FoundNote[] = [];
  for (const object of asked) {
    found.push(await findNote(source, tree, object, signal));
  }
  const blobs = [...new Set(found.flatMap(note => note.blobs))];
  if (blobs.length === 0) return asked.map(() => undefined);
  const what = 'the notes';
  const bodies = await objects.readObjectsBelow(
    maxNotesBytes,
    blobs,
    what,
    signal,
  );
  if (bodies === undefined) {
    throw gitErrors.objectTooLarge(
      display,
      what,
      maxNotesBytes + 1,
      maxNotesBytes,
    );
  }
  const texts = new Map(
    blobs.map((blob, at) => [blob, bodies[at].toString('utf8')]),
  );
  return found.map(note =>
    note.blobs.length === 0
      ? undefined
      : note.blobs.map(blob => texts.get(blob)).join(''),
  );
}

/** The same trees lead to many notes: each is read once. */
function keptTrees({ format, ...source }: TreeSource): TreeSource {
  const kept = new Map<string, Promise<Buffer[]>>();
  return {
    format,
    readSizes: source.readSizes,
    readObjects: (oids, what, signal) => {
      const key = oids.join(' ');
      const read = kept.get(key) ?? source.readObjects(oids, what, signal);
      kept.set(key, read);
      return read;
    },
  };
}
