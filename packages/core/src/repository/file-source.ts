/** Files below one root at one moment (a commit of a repository, a folder): what a kustomization may read. */
export interface FileSource {
  /**
   * Texts of files, in the order of their paths, which are relative to the root and have forward slashes; undefined where
   * there is no such file. A directory is no file.
   *
   * @throws DojoError where one is a link, a submodule or no UTF-8 text, and where one or all read so far are too large.
   */
  readFiles(
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]>;
  /**
   * Paths, relative to the root, of all files below one of its folders (`.` is the root itself), sorted; none where there
   * is no such folder.
   *
   * @throws DojoError where there is a link, a submodule or a name that no file should have, and where there are too many.
   */
  listFiles(folder: string, signal: AbortSignal): Promise<readonly string[]>;
}
