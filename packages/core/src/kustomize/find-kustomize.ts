import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { kustomizeErrors } from './kustomize-errors';

/** A program that holds kustomize. */
export interface KustomizeProgram {
  /** Its absolute path. */
  readonly command: string;
  /** What it is called with before the folder. */
  readonly build: readonly string[];
  /** What makes it tell its version. */
  readonly version: readonly string[];
}

/** Options of {@link findKustomize}. */
export interface FindKustomizeOptions {
  /** The program to take, a path or a name on `path`; default: kustomize, else kubectl. */
  readonly command?: string;
  /** Folders to look into, as the variable PATH lists them. */
  readonly path: string;
}

/**
 * Finds kustomize, or kubectl, which holds one.
 *
 * @throws DojoError KUSTOMIZE_MISSING.
 */
export async function findKustomize({
  command,
  path,
}: FindKustomizeOptions): Promise<KustomizeProgram> {
  for (const name of command === undefined
    ? ['kustomize', 'kubectl']
    : [command]) {
    const found = await onPath(name, path);
    if (found !== undefined) return programOf(found);
  }
  throw kustomizeErrors.missing(command);
}

function programOf(command: string): KustomizeProgram {
  return /^kubectl/.test(basename(command))
    ? {
        command,
        build: ['kustomize'],
        version: ['version', '--client', '--output=json'],
      }
    : { command, build: ['build'], version: ['version'] };
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  const places = isAbsolute(name)
    ? [name]
    : path
        .split(delimiter)
        // A relative folder would depend on where this process happens to be.
        .filter(folder => isAbsolute(folder))
        .map(folder => join(folder, name));
  for (const place of places) {
    if (await isProgram(place)) return place;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
