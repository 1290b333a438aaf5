/** How much of an overlay and its bases is read. */
export const treeLimits = {
  /** Files of all folders together. */
  files: 2_000,
  /** Characters of all files together. */
  characters: 32 * 1024 * 1024,
  /** Characters of one kustomization file. */
  kustomizationBytes: 256 * 1024,
  /** Folders with a kustomization. */
  folders: 200,
  /** Repositories at a commit, besides the overlay's own. */
  bases: 16,
  /** Kustomizations that include one another. */
  depth: 16,
  /** Folders and characters as kustomize reads them, which reads what is included twice two times. */
  expandedFolders: 1_000,
  expandedCharacters: 64 * 1024 * 1024,
  /** Values of one YAML document that has aliases, and how deep they are. */
  maxValues: 100_000,
  maxDepth: 100,
} as const;
