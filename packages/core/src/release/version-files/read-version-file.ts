import { readJsonVersion, readPackageLockVersion } from './read-json-version';
import { readTextVersion } from './read-text-version';
import {
  readPyprojectName,
  readTomlVersion,
  readUvLockVersion,
} from './read-toml-version';
import { readYamlVersion } from './read-yaml-version';
import type { VersionFields } from './version-fields';

type Reader = (text: string, pyproject?: string) => VersionFields;

const byName: Readonly<Record<string, Reader>> = {
  'package-lock.json': readPackageLockVersion,
  'npm-shrinkwrap.json': readPackageLockVersion,
  'uv.lock': (text, pyproject) =>
    readUvLockVersion(
      text,
      pyproject === undefined ? undefined : readPyprojectName(pyproject),
    ),
};

const byExtension: Readonly<Record<string, Reader>> = {
  json: readJsonVersion,
  toml: readTomlVersion,
  yaml: readYamlVersion,
  yml: readYamlVersion,
  txt: readTextVersion,
};

/**
 * Reads the versions of a file by the format that its name tells. `pyproject` is the text of the pyproject.toml beside
 * a uv.lock.
 *
 * @returns undefined where the format is unknown.
 */
export function readVersionFile(
  path: string,
  text: string,
  pyproject?: string,
): VersionFields | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? 'txt' : name.slice(dot + 1).toLowerCase();
  const reader = lookUp(byName, name) ?? lookUp(byExtension, extension);
  return reader?.(text, pyproject);
}

/** Whether PEP 440 rules the file's versions. */
export function isPythonFile(path: string): boolean {
  return /(?:^|\/)(?:pyproject\.toml|uv\.lock)$/.test(path);
}

function lookUp(
  readers: Readonly<Record<string, Reader>>,
  key: string,
): Reader | undefined {
  return Object.hasOwn(readers, key) ? readers[key] : undefined;
}
