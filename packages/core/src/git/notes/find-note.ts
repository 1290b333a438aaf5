import { parseTree } from '../objects/git-objects';
import type { TreeSource } from '../objects/tree-files';

/** Where the note of an object is in the tree of notes. */
export interface FoundNote {
  /** Where it is, or where a new one goes. */
  readonly path: string;
  /** Ids of its texts: none, one, or several where folders were merged without git; they are read as one. */
  readonly blobs: readonly string[];
}

/** With more entries in one tree, git spreads them over folders named by the first two digits; so do we. */
const maxInTree = 256;

/**
 * Finds the note of an object: the file whose path is the object's id, with slashes behind its first digits, two by two,
 * as git spreads them where there are many.
 */
export async function findNote(
  source: TreeSource,
  root: string,
  object: string,
  signal: AbortSignal,
): Promise<FoundNote> {
  const found: { readonly path: string; readonly oid: string }[] = [];
  let path = object;
  let tree: string | undefined = root;
  for (let digits = 0; tree !== undefined; digits += 2) {
    const rest = object.slice(digits);
    const above = path.slice(0, path.length - rest.length);
    const [body] = await source.readObjects([tree], 'a tree', signal);
    const entries = parseTree(body, source.format);
    const named = (name: string) =>
      entries.find(entry => entry.name.equals(Buffer.from(name)));
    const note = named(rest);
    if (note?.mode.startsWith('100')) {
      found.push({ path: `${above}${rest}`, oid: note.oid });
    }
    const isSpread = entries.some(
      ({ mode, name }) => mode === '40000' && name.length === 2,
    );
    const folder = named(rest.slice(0, 2));
    const hasFolder = rest.length > 2 && folder?.mode === '40000';
    tree = hasFolder ? folder.oid : undefined;
    if (hasFolder || isSpread || entries.length > maxInTree) {
      path = `${above}${rest.slice(0, 2)}/${rest.slice(2)}`;
    }
  }
  return {
    path: found.at(0)?.path ?? path,
    blobs: found.map(({ oid }) => oid),
  };
}
