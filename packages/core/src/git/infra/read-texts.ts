import { toPrintable } from '../../text/to-printable';
import { gitErrors } from '../git-errors';
import type { TreeEntry } from '../objects/git-objects';
import { decodeText, kindsOfEntry, locate } from '../objects/tree-files';
import type { Located, TreeSource } from '../objects/tree-files';

/** How much is read. */
export interface ReadLimits {
  /** Bytes of one file. */
  readonly maxFileBytes: number;
  /** Bytes of all files together, each counted once. */
  readonly maxBytes: number;
}

/** More than any manifest: a bundle of CustomResourceDefinitions has about 4 MB. */
export const readLimits: ReadLimits = {
  maxFileBytes: 8 * 1024 * 1024,
  maxBytes: 64 * 1024 * 1024,
};

/** A path in a root tree. */
export interface PathInTree {
  readonly tree: string;
  readonly path: string;
}

/** Options of {@link readTexts}. */
export interface ReadTextsOptions {
  readonly display: string;
  readonly source: TreeSource;
  readonly limits: ReadLimits;
  /** Sizes by id of the files that were read before and count with these; grows. */
  readonly read: Map<string, number>;
}

/**
 * Texts at paths of trees, in their order; undefined where there is no file. One fetch for each depth of the trees, and one
 * for all files.
 *
 * @throws DojoError GIT_FOLDER_ENTRY for a link or a submodule at a path or above it, GIT_OBJECT_TOO_LARGE,
 * GIT_FILE_NOT_TEXT.
 */
export async function readTexts(
  questions: readonly PathInTree[],
  { display, source, limits, read }: ReadTextsOptions,
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  const paths = questions.map(({ path }) => toTreePath(path));
  const asked = questions.flatMap(({ tree }, index) => {
    const path = paths[index];
    return path ? [{ tree, path }] : [];
  });
  const located = (await locate(source, asked, signal)).values();
  const oids = paths.map(path =>
    path ? fileAt(located.next().value!, path, display) : undefined,
  );
  const different = new Map(
    oids.flatMap((oid, index) => (oid ? [[oid, paths[index]!] as const] : [])),
  );
  const blobs = [...different.keys()];
  const sizes = await source.readSizes(blobs, 'files', signal);
  blobs.forEach((oid, index) => {
    const bytes = sizes[index];
    if (bytes > limits.maxFileBytes) {
      const what = toPrintable(different.get(oid)!);
      throw gitErrors.objectTooLarge(display, what, bytes, limits.maxFileBytes);
    }
    read.set(oid, bytes);
  });
  const all = [...read.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (all > limits.maxBytes) {
    const what = `what is read of ${read.size} files`;
    throw gitErrors.objectTooLarge(display, what, all, limits.maxBytes);
  }
  const bodies = await source.readObjects(blobs, 'files', signal);
  const texts = new Map(
    blobs.map((oid, index) => {
      const text = decodeText(bodies[index]);
      if (text !== undefined) return [oid, text];
      throw gitErrors.fileNotText(display, different.get(oid)!);
    }),
  );
  return oids.map(oid => (oid === undefined ? undefined : texts.get(oid)));
}

/**
 * The path as a tree has it: `./a//b` is `a/b`, and the root is an empty text. Undefined where it leads out of the root, so
 * that nothing is there.
 */
export function toTreePath(path: string): string | undefined {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return path.startsWith('/') || parts.includes('..')
    ? undefined
    : parts.join('/');
}

/** @throws DojoError GIT_FOLDER_ENTRY where it is a link or a submodule. */
export function refuseLink(
  { mode }: TreeEntry,
  path: string,
  expected: string,
  display: string,
): void {
  if (mode !== '40000' && mode in kindsOfEntry) {
    throw gitErrors.folderEntry(display, path, kindsOfEntry[mode], expected);
  }
}

/** Id of the file that was located; undefined: there is none. */
function fileAt(
  located: Located,
  path: string,
  display: string,
): string | undefined {
  switch (located.kind) {
    case 'absent':
      return undefined;
    case 'blocked':
      refuseLink(located.entry, located.by, 'a directory', display);
      return undefined;
    default:
      refuseLink(located.entry, path, 'a file', display);
      return located.entry.mode === '40000' ? undefined : located.entry.oid;
  }
}
