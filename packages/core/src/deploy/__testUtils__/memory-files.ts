import type { FileSource, OpenBase } from '../ports';

/** Files that are nowhere but in a test, and how they were read. */
export interface MemoryFiles extends FileSource {
  /** The paths of each read. */
  readonly reads: (readonly string[])[];
}

/** A source of these files. */
export function memoryFiles(
  files: Readonly<Record<string, string>>,
): MemoryFiles {
  const reads: (readonly string[])[] = [];
  return {
    reads,
    readFiles: async paths => {
      reads.push(paths);
      return paths.map(path =>
        Object.hasOwn(files, path) ? files[path] : undefined,
      );
    },
    listFiles: async folder =>
      Object.keys(files).filter(path => path.startsWith(`${folder}/`)),
  };
}

/** Opens what the table has by its address; anything else fails the test. */
export function memoryBases(
  bases: Readonly<Record<string, FileSource>> = {},
): OpenBase & { readonly opened: string[] } {
  const opened: string[] = [];
  const open: OpenBase = async (repository, commit) => {
    opened.push(`${repository} ${commit}`);
    const base = bases[repository];
    if (base === undefined) throw new Error(`opened ${repository}`);
    return base;
  };
  return Object.assign(open, { opened });
}
