import type { OverlayEdit } from './overlay/edit-overlay';
import { applySplices } from '../text/apply-splices';
import type { FileSource } from './ports';

/** A repository without any commit. */
export const emptySource: FileSource = {
  readFiles: async paths => paths.map(() => undefined),
  listFiles: async () => [],
};

/** The texts that edits make, by their paths. */
export function editedTexts(
  files: Readonly<Record<string, string>>,
  edits: readonly OverlayEdit[],
): ReadonlyMap<string, string> {
  return new Map(
    edits.map(({ path, created, splices }) => [
      path,
      applySplices(created ? '' : files[path], splices),
    ]),
  );
}

/** The files of a source, with some of them replaced or added. */
export function withTexts(
  source: FileSource,
  texts: ReadonlyMap<string, string>,
): FileSource {
  return {
    async readFiles(paths, signal) {
      const missing = paths.filter(path => !texts.has(path));
      const read = await source.readFiles(missing, signal);
      const found = new Map(missing.map((path, at) => [path, read[at]]));
      return paths.map(path => texts.get(path) ?? found.get(path));
    },
    async listFiles(folder, signal) {
      const listed = await source.listFiles(folder, signal);
      const added = [...texts.keys()].filter(
        path => folder === '.' || path.startsWith(`${folder}/`),
      );
      return [...new Set([...listed, ...added])].sort();
    },
  };
}

/** The files of a source, with those of a folder replaced by others: what is not among them is gone. */
export function withFolder(
  source: FileSource,
  folder: string,
  texts: Readonly<Record<string, string>>,
): FileSource {
  const isInside = (path: string) => path.startsWith(`${folder}/`);
  const outside: FileSource = {
    async readFiles(paths, signal) {
      const asked = paths.filter(path => !isInside(path));
      const read = await source.readFiles(asked, signal);
      const found = new Map(asked.map((path, at) => [path, read[at]]));
      return paths.map(path => found.get(path));
    },
    listFiles: async (below, signal) =>
      (await source.listFiles(below, signal)).filter(path => !isInside(path)),
  };
  return withTexts(outside, new Map(Object.entries(texts)));
}
