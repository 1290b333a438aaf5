import { readJsonVersion } from './read-json-version';
import { isLockFile } from '../release-paths';
import { readLockVersion } from './read-lock-version';
import type { LockOwner } from './read-lock-version';
import { readTextVersion } from './read-text-version';
import { readCargoVersion, readTomlVersion } from './read-toml-version';
import { readYamlVersion } from './read-yaml-version';
import type { VersionFields } from './version-fields';

type Reader = (text: string) => VersionFields;

const byExtension: Readonly<Record<string, Reader>> = {
  json: readJsonVersion,
  toml: readTomlVersion,
  yaml: readYamlVersion,
  yml: readYamlVersion,
  txt: readTextVersion,
};

/**
 * Reads the versions of a file by the format that its name tells. `owner` is the version file that a lock file belongs to.
 *
 * @returns undefined where the format is unknown.
 */
export function readVersionFile(
  path: string,
  text: string,
  owner?: LockOwner,
): VersionFields | undefined {
  if (isLockFile(path)) return readLockVersion(path, text, owner);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'Cargo.toml') return readCargoVersion(text);
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? 'txt' : name.slice(dot + 1).toLowerCase();
  return Object.hasOwn(byExtension, extension)
    ? byExtension[extension](text)
    : undefined;
}

/** Whether PEP 440 rules the file's versions. */
export function isPythonFile(path: string): boolean {
  return /(?:^|\/)(?:pyproject\.toml|uv\.lock)$/.test(path);
}
