import type { ReleaseRequest } from 'backstage-plugin-dojo-common';
import { releaseErrors } from './release-errors';
import { isLockFile, lockPaths, versionFilePaths } from './release-paths';
import { readVersionFile } from './version-files/read-version-file';
import type { VersionField } from './version-files/version-fields';
import type { ObservedFile } from '../repository/repository-data';

export type TextFile = Extract<ObservedFile, { kind: 'text' }>;

/** A version file, and where in it versions stand. */
export interface ReadVersionFile {
  readonly file: TextFile;
  /** The first is the file's version. */
  readonly fields: readonly VersionField[];
  /** Whether the request names it. */
  readonly isNamed: boolean;
  /** Lock files that repeat its version. */
  readonly locks: readonly {
    readonly file: TextFile;
    readonly fields: readonly VersionField[];
  }[];
}

/** The version files of a request, and what a reader should know of those that are left out. */
export interface ReadVersionFiles {
  readonly files: readonly ReadVersionFile[];
  readonly warnings: readonly string[];
}

/**
 * Reads the version files of a request, each with its lock files. What is named has to hold a version; of the
 * well-known files those are taken that do.
 *
 * @throws DojoError RELEASE_VERSION_FILE_* where a file is missing, too long, of no known format, not valid or, named,
 * without a version.
 */
export function readVersionFiles(
  observed: readonly ObservedFile[],
  request: Pick<ReleaseRequest, 'versionFiles' | 'path'>,
): ReadVersionFiles {
  const warnings: string[] = [];
  const isNamed = request.versionFiles !== undefined;
  const byPath = new Map(observed.map(file => [file.path, file]));
  const files = versionFilePaths(request).flatMap(path => {
    const file = versionFileAt(path, byPath, isNamed);
    if (file === undefined) return [];
    const fields = fieldsOf(file, byPath, isNamed);
    if (typeof fields === 'string') {
      warnings.push(`${path} keeps its text: ${fields}.`);
      return [];
    }
    const locks = locksOf(file, byPath, request, warnings);
    return [{ file, fields, isNamed, locks }];
  });
  return { files, warnings };
}

/** @returns undefined where the file is absent and was not named. */
function versionFileAt(
  path: string,
  byPath: ReadonlyMap<string, ObservedFile>,
  isNamed: boolean,
): TextFile | undefined {
  const file = byPath.get(path);
  if (file === undefined || file.kind === 'absent') {
    if (isNamed) throw releaseErrors.versionFileMissing(path);
    return undefined;
  }
  return readable(file);
}

function readable(file: Exclude<ObservedFile, { kind: 'absent' }>): TextFile {
  const { path } = file;
  if (file.kind === 'unreadable') {
    throw releaseErrors.versionFileUnreadable(path, file.what);
  }
  if (file.kind === 'too-large') {
    throw releaseErrors.fileTooLarge(path, file.bytes, file.most);
  }
  if (file.text.includes('\0')) {
    throw releaseErrors.versionFileUnreadable(path, 'it is binary');
  }
  return file;
}

/** @returns the fields, or why a file that was not named has none. */
function fieldsOf(
  { path, text }: TextFile,
  byPath: ReadonlyMap<string, ObservedFile>,
  isNamed: boolean,
): readonly VersionField[] | string {
  const found = readVersionFile(path, text, ownerBeside(path, byPath));
  if (found === undefined) throw releaseErrors.versionFileUnknown(path);
  switch (found.kind) {
    case 'found':
      return found.fields;
    case 'invalid':
      throw releaseErrors.versionFileInvalid(path, found.place, found.why);
    default:
      if (isNamed) {
        throw releaseErrors.versionFileWithoutVersion(path, found.expected);
      }
      return found.skippable ?? 'it holds no version';
  }
}

/** The version file beside a lock file that is named itself. */
function ownerBeside(
  path: string,
  byPath: ReadonlyMap<string, ObservedFile>,
): TextFile | undefined {
  if (!isLockFile(path)) return undefined;
  for (const file of byPath.values()) {
    if (file.kind === 'text' && lockPaths(file.path)[0] === path) return file;
  }
  return undefined;
}

/** Those beside the file that hold its version; where there is none, the nearest above that does: a workspace's. */
function locksOf(
  owner: TextFile,
  byPath: ReadonlyMap<string, ObservedFile>,
  request: Pick<ReleaseRequest, 'versionFiles'>,
  warnings: string[],
): ReadVersionFile['locks'] {
  const folder = folderOf(owner.path);
  const locks: { file: TextFile; fields: readonly VersionField[] }[] = [];
  let isLockedBeside = false;
  for (const path of lockPaths(owner.path)) {
    const isBeside = folderOf(path) === folder;
    if (!isBeside && (isLockedBeside || locks.length > 0)) break;
    // Named itself, it has its own turn and its own strictness.
    if (request.versionFiles?.includes(path)) continue;
    const observed = byPath.get(path);
    if (observed === undefined || observed.kind === 'absent') continue;
    if (isBeside) isLockedBeside = true;
    // A lock file further up may be that of something else, whatever is wrong with it.
    if (!isBeside && observed.kind !== 'text') continue;
    const file = readable(observed);
    const found = readVersionFile(path, file.text, owner);
    if (found?.kind === 'found') locks.push({ file, fields: found.fields });
    else if (isBeside && found?.kind === 'none') {
      warnings.push(`${path} keeps its text: ${found.skippable}.`);
    } else if (isBeside && found?.kind === 'invalid') {
      throw releaseErrors.versionFileInvalid(path, found.place, found.why);
    }
  }
  return locks;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
