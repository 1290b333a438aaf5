import type {
  FileEdit,
  ReleaseRequest,
  Splice,
} from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { toPep440 } from './pep440';
import { releaseErrors } from './release-errors';
import { companionPath, versionFilePaths } from './release-paths';
import type { ReleaseState } from './release-state';
import {
  isPythonFile,
  readVersionFile,
} from './version-files/read-version-file';
import type { VersionField } from './version-files/version-fields';
import type { ObservedFile } from '../repository/repository-data';

/** The edits that set a version, and what a reader should know of them. */
export interface VersionFileEdits {
  readonly edits: readonly FileEdit[];
  /** Files that hold the version, edited or not. */
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

type TextFile = Extract<ObservedFile, { kind: 'text' }>;

/**
 * Sets the version in every version file of the request and in the lock files beside them. Only the version's bytes
 * change. Files that are named have to hold one; of the well-known ones those are taken that exist.
 *
 * @throws DojoError RELEASE_VERSION_FILE_* where a file is missing, of no known format, not valid or without a version.
 */
export function editVersionFiles(
  version: string,
  state: Pick<ReleaseState, 'files' | 'newest'>,
  request: Pick<ReleaseRequest, 'versionFiles'>,
): VersionFileEdits {
  const edits: FileEdit[] = [];
  const paths: string[] = [];
  const warnings: string[] = [];
  const named = request.versionFiles !== undefined;

  const set = (file: TextFile, fields: readonly VersionField[]) => {
    paths.push(file.path);
    const drift = driftOf(file, fields[0], state);
    if (drift !== undefined) warnings.push(`${drift} It becomes ${version}.`);
    const splices = splicesOf(file, fields, version);
    if (splices.length > 0) edits.push(editOf(file, splices));
  };

  for (const path of versionFilePaths(request)) {
    if (paths.includes(path)) continue;
    const file = versionFileAt(path, state.files, named);
    if (file === undefined) continue;
    const found = fieldsOf(file, state.files, named);
    if (typeof found === 'string') {
      warnings.push(`${path} keeps its text: ${found}.`);
      continue;
    }
    set(file, found);

    const lock = companionOf(path, state.files, request);
    if (lock === undefined) continue;
    const locked = fieldsOf(lock, state.files, false);
    if (typeof locked === 'string') {
      warnings.push(`${lock.path} keeps its text: ${locked}.`);
    } else {
      set(lock, locked);
    }
  }
  return { edits, paths, warnings };
}

/** @returns undefined where the file is absent and was not named. */
function versionFileAt(
  path: string,
  files: readonly ObservedFile[],
  named: boolean,
): TextFile | undefined {
  const file = files.find(candidate => candidate.path === path);
  if (file === undefined || file.kind === 'absent') {
    if (named) throw releaseErrors.versionFileMissing(path);
    return undefined;
  }
  return readable(file);
}

function companionOf(
  path: string,
  files: readonly ObservedFile[],
  request: Pick<ReleaseRequest, 'versionFiles'>,
): TextFile | undefined {
  const companion = companionPath(path);
  // Named itself, it has its own turn and its own strictness.
  if (companion === undefined || request.versionFiles?.includes(companion)) {
    return undefined;
  }
  const file = files.find(candidate => candidate.path === companion);
  return file === undefined || file.kind === 'absent'
    ? undefined
    : readable(file);
}

function readable(file: Exclude<ObservedFile, { kind: 'absent' }>): TextFile {
  if (file.kind === 'unreadable') {
    throw releaseErrors.versionFileUnreadable(file.path, file.what);
  }
  if (file.text.includes('\0')) {
    throw releaseErrors.versionFileUnreadable(file.path, 'it is binary');
  }
  return file;
}

/** @returns the fields, or why a file that was not named has none. */
function fieldsOf(
  { path, text }: TextFile,
  files: readonly ObservedFile[],
  named: boolean,
): readonly VersionField[] | string {
  const found = readVersionFile(path, text, pyprojectBeside(path, files));
  if (found === undefined) throw releaseErrors.versionFileUnknown(path);
  switch (found.kind) {
    case 'found':
      return found.fields;
    case 'invalid':
      throw releaseErrors.versionFileInvalid(path, found.place, found.why);
    default:
      if (named || found.skippable === undefined) {
        throw releaseErrors.versionFileWithoutVersion(path, found.expected);
      }
      return found.skippable;
  }
}

function pyprojectBeside(
  path: string,
  files: readonly ObservedFile[],
): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const file = files.find(
    candidate => candidate.path === `${folder}pyproject.toml`,
  );
  return file?.kind === 'text' ? file.text : undefined;
}

/** Says so where a file does not hold the version of the last release, or before the first one none to begin with. */
function driftOf(
  { path }: TextFile,
  { value }: VersionField,
  { newest }: Pick<ReleaseState, 'newest'>,
): string | undefined {
  if (newest === undefined) {
    return semver.valid(value) === null
      ? `${path} says ${value}, which is no semantic version.`
      : undefined;
  }
  if (sameVersion(path, value, newest.version)) return undefined;
  return `${path} says ${value}, the last release is ${newest.version}.`;
}

function sameVersion(path: string, value: string, version: string): boolean {
  if (value === version) return true;
  const python = toPep440(version)?.text;
  return isPythonFile(path) && (toPep440(value)?.text ?? value) === python;
}

function splicesOf(
  { path }: TextFile,
  fields: readonly VersionField[],
  version: string,
): Splice[] {
  // A lock file holds what the tool that wrote it would: the normalised form.
  const spelled = path.endsWith('uv.lock')
    ? toPep440(version)?.text ?? version
    : version;
  return fields
    .filter(({ value }) => value !== spelled)
    .map(({ start, end }) => ({ start, end, text: spelled }))
    .sort((a, b) => a.start - b.start);
}

function editOf({ path, oid, mode }: TextFile, splices: Splice[]): FileEdit {
  return { path, before: oid, mode, splices };
}
