import type { FileSource } from '../ports';

/** Texts of all files of an overlay's folder, by their paths. Throws as {@link FileSource} does. */
export async function readOverlayFiles(
  source: FileSource,
  folder: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const paths = await source.listFiles(folder, signal);
  const texts = await source.readFiles(paths, signal);
  return Object.fromEntries(
    paths.flatMap((path, at) => {
      const text = texts[at];
      return text === undefined ? [] : [[path, text]];
    }),
  );
}
