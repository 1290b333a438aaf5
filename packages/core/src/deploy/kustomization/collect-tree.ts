import type { FileSource, OpenBase } from '../ports';
import type { ClosedTree } from './closed-tree';
import { TreeWalk } from './tree-walk';

/** Options of {@link collectTree}. */
export interface CollectTreeOptions {
  readonly source: FileSource;
  /** The overlay's, from the source's root; empty: the root. */
  readonly folder: string;
  readonly openBase: OpenBase;
  /** What stands before the paths of the overlay's own files in messages; default nothing. */
  readonly shownRoot?: string;
}

/**
 * Walks from an overlay through all that it names, breadth first, so that each depth costs one read of each repository.
 *
 * @throws DojoError KUSTOMIZATION_MISSING, KUSTOMIZATION_TWICE, KUSTOMIZATION_FILE_MISSING, KUSTOMIZATION_CYCLE,
 * KUSTOMIZATION_TOO_LARGE, BASE_LOCAL_REFUSED, those of {@link readKustomization}, and what source and base throw.
 */
export async function collectTree(
  { source, folder, openBase, shownRoot = '' }: CollectTreeOptions,
  signal: AbortSignal,
): Promise<ClosedTree> {
  const walk = new TreeWalk(openBase, shownRoot);
  return walk.run({ source, at: '' }, folder, signal);
}
