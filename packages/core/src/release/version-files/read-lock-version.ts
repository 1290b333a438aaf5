import { readPackageLockVersion } from './read-json-version';
import { readTomlProject } from './read-toml-version';
import type { LockedProject } from './read-toml-version';
import type { VersionField, VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

/** The version file whose version a lock file repeats. */
export interface LockOwner {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads the versions that a lock file has of the project that its owner describes. Lock files are long and written by
 * their tool alone: those in TOML are read line by line, in which that tool writes them.
 */
export function readLockVersion(
  path: string,
  text: string,
  owner: LockOwner | undefined,
): VersionFields {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  switch (path.slice(folder.length)) {
    case 'uv.lock':
      return readUvLock(text, owner);
    case 'Cargo.lock':
      return readCargoLock(text, owner);
    default: {
      const own = owner?.path.slice(0, owner.path.lastIndexOf('/') + 1);
      return readPackageLockVersion(
        text,
        own?.slice(folder.length).replace(/\/$/, ''),
      );
    }
  }
}

/** A `[[package]]` of a lock file in TOML. */
interface LockedPackage {
  readonly name: string;
  readonly version: VersionField;
  /** Where it comes from, as it is written; absent: from the repository itself. */
  readonly source?: string;
}

function readUvLock(text: string, owner: LockOwner | undefined): VersionFields {
  return readPackages(text, owner, (packages, { name }) => {
    if (name === undefined) return [];
    const named = packages.filter(
      found => normalised(found.name) === normalised(name),
    );
    const local = named.filter(
      ({ source }) =>
        source === undefined || !/\b(?:registry|git|url)\b/.test(source),
    );
    return (local.length > 0 ? local : named).slice(0, 1);
  });
}

function readCargoLock(
  text: string,
  owner: LockOwner | undefined,
): VersionFields {
  return readPackages(text, owner, (packages, { name, version }) =>
    packages.filter(
      found =>
        found.source === undefined &&
        // Crates that inherit the version of their workspace have it in common.
        (name === undefined || found.name !== name
          ? owner !== undefined &&
            isWorkspace(owner.text) &&
            found.version.value === version
          : true),
    ),
  );
}

function isWorkspace(text: string): boolean {
  return /^[ \t]*\[[ \t]*workspace\b/m.test(text);
}

function readPackages(
  text: string,
  owner: LockOwner | undefined,
  choose: (
    packages: readonly LockedPackage[],
    project: LockedProject,
  ) => readonly LockedPackage[],
): VersionFields {
  const project = owner === undefined ? {} : readTomlProject(owner.text);
  return behindByteOrderMark(text, toml => {
    const fields = choose(packagesOf(toml), project).map(
      ({ version }) => version,
    );
    return fields.length > 0
      ? { kind: 'found', fields }
      : {
          kind: 'none',
          expected: `a [[package]] named ${
            project.name ?? 'as the project'
          } with a version`,
          skippable: 'it holds no version of the project',
        };
  });
}

const line = /^(name|version|source) = ("([^"\\]*)"|.*)$/;

function packagesOf(toml: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  let open: { name?: string; version?: VersionField; source?: string } = {};
  const close = () => {
    const { name, version, source } = open;
    if (name !== undefined && version !== undefined) {
      packages.push({ name, version, ...(source && { source }) });
    }
    open = {};
  };
  let isPackage = false;
  for (let at = 0; at < toml.length; ) {
    const newline = toml.indexOf('\n', at);
    const end = newline < 0 ? toml.length : newline;
    const text = toml.slice(at, end).trimEnd();
    if (text.startsWith('[')) {
      if (isPackage) close();
      isPackage = text === '[[package]]';
    } else if (isPackage) {
      const [, key, written, value] = line.exec(text) ?? [];
      if (key === 'source') open.source = written;
      else if (key === 'name' && value) open.name = value;
      else if (key === 'version' && value) {
        const start = at + 'version = "'.length;
        open.version = versionField(toml, start, start + value.length);
      }
    }
    at = end + 1;
  }
  if (isPackage) close();
  return packages;
}

/** As Python compares names of projects. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
