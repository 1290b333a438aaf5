import type { Kustomization } from './kustomization';

/** All that kustomize needs to render an overlay, and nothing else. */
export interface ClosedTree {
  /** Path -> text. The kustomizations are printed anew, those of other repositories are entries of this tree. */
  readonly files: ReadonlyMap<string, string>;
  /** The overlay's. */
  readonly folder: string;
  readonly kustomizations: readonly PlacedKustomization[];
  /** A path of the tree as a reader knows it: of a base with its repository before it. */
  readonly nameOf: (path: string) => string;
}

/** A kustomization at its place in the tree. */
export interface PlacedKustomization extends Kustomization {
  /** Path of its file in the tree. */
  readonly file: string;
  /** Its folder in the tree. */
  readonly folder: string;
  /** Offsets of entries -> what stands there in the tree. */
  readonly replaced: ReadonlyMap<number, string>;
}
