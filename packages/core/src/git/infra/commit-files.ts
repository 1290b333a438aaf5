import type { FileSource } from '../../deploy/ports';
import { locate } from '../objects/tree-files';
import { listTree } from './list-tree';
import { readLimits, readTexts, refuseLink, toTreePath } from './read-texts';
import type { ReadLimits } from './read-texts';
import { verifyCommits } from './remote-objects';
import type { CommitObjects } from './remote-objects';

/** Where a commit's files come from. */
export interface CommitFilesOptions {
  readonly display: string;
  readonly objects: CommitObjects;
  readonly limits?: ReadLimits;
}

/**
 * {@link FileSource} over a commit. What is read is counted over all calls, each file once.
 *
 * @throws DojoError GIT_COMMIT_INVALID
 */
export function createCommitFiles(
  commit: string,
  { display, objects, limits = readLimits }: CommitFilesOptions,
): FileSource {
  verifyCommits(display, [commit]);
  const read = new Map<string, number>();
  return {
    readFiles: async (paths, signal) => {
      const [tree] = await objects.readRoots([commit], signal);
      const questions = paths.map(path => ({ tree, path }));
      const options = { display, source: objects, limits, read };
      return readTexts(questions, options, signal);
    },
    listFiles: async (folder, signal) => {
      const options = { display, objects };
      const oid = await findTree(commit, folder, options, signal);
      if (oid === undefined) return [];
      const shown = toTreePath(folder) || '.';
      const below = await listTree(objects, oid, { display, shown }, signal);
      return shown === '.' ? below : below.map(path => `${shown}/${path}`);
    },
  };
}

/**
 * Id of a folder's tree at a commit; undefined where there is no such folder.
 *
 * @throws DojoError GIT_COMMIT_INVALID, GIT_FOLDER_ENTRY for a link or a submodule in its place or above it.
 */
export async function findTree(
  commit: string,
  folder: string,
  { display, objects }: Omit<CommitFilesOptions, 'limits'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  verifyCommits(display, [commit]);
  const path = toTreePath(folder);
  if (path === undefined) return undefined;
  const [tree] = await objects.readRoots([commit], signal);
  if (path === '') return tree;
  const [found] = await locate(objects, [{ tree, path }], signal);
  if (found.kind === 'absent') return undefined;
  const at = found.kind === 'entry' ? path : found.by;
  refuseLink(found.entry, at, 'a directory', display);
  const isFolder = found.kind === 'entry' && found.entry.mode === '40000';
  return isFolder ? found.entry.oid : undefined;
}
