import type { ReleaseRequest } from 'backstage-plugin-dojo-common';

/** Version files that are taken where they exist in the component's folder, in the order in which they are asked for a version. */
export const wellKnownVersionFiles = [
  'package.json',
  'pyproject.toml',
  'Cargo.toml',
  'Chart.yaml',
  'VERSION',
] as const;

/** Lock files that repeat the version of a file beside or below them: they are set along with it, where they exist. */
const locks: Readonly<Record<string, readonly string[]>> = {
  'package.json': ['package-lock.json', 'npm-shrinkwrap.json'],
  'pyproject.toml': ['uv.lock'],
  'Cargo.toml': ['Cargo.lock'],
};

const defaultChangelog = 'CHANGELOG.md';

/** Of a version file or a changelog; longer ones nobody writes, and reading them takes its time. */
const maxBytes = 2 * 1024 * 1024;
/** Of a format whose parser needs hundreds of bytes for each that it reads. */
const maxTreeBytes = 512 * 1024;
/** Of a lock file, which has a line for all that it locks, and is read by its lines. */
const maxLockBytes = 16 * 1024 * 1024;

type PathsRequest = Pick<ReleaseRequest, 'versionFiles' | 'path'>;

/**
 * The lock files that may repeat a version file's version: beside it, and in each folder above, as those of workspaces
 * are. The nearest comes first.
 */
export function lockPaths(path: string): string[] {
  const parts = path.split('/');
  const names = locks[parts.pop() ?? ''] ?? [];
  return parts
    .map((_, depth) => parts.slice(0, parts.length - depth))
    .concat([[]])
    .flatMap(folder => names.map(name => [...folder, name].join('/')));
}

/** Whether the name is that of a lock file, whose versions are found by what its version file says. */
export function isLockFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return Object.values(locks).some(names => names.includes(name));
}

/** Bytes that are read of a file. */
export function maxBytesOf(path: string): number {
  if (isLockFile(path)) return maxLockBytes;
  return /\.(?:ya?ml|toml)$/i.test(path) ? maxTreeBytes : maxBytes;
}

/** The version files of a request, without lock files: those it names, else the well-known ones of its folder. */
export function versionFilePaths(request: PathsRequest): string[] {
  const { versionFiles, path } = request;
  if (versionFiles === undefined) {
    return wellKnownVersionFiles.map(name => inFolder(path, name));
  }
  const isNone = versionFiles.length === 1 && versionFiles[0] === 'none';
  return isNone ? [] : [...new Set(versionFiles)];
}

/** The changelog of a request: of a component in a folder, the folder's own where no other is named. */
export function changelogPath({
  changelog,
  path,
}: Pick<ReleaseRequest, 'changelog' | 'path'>): string {
  return changelog === defaultChangelog ? inFolder(path, changelog) : changelog;
}

/** Every file that a plan for the request wants to see at the base commit: `ReleaseState.files`. */
export function releasePaths(
  request: PathsRequest & Pick<ReleaseRequest, 'changelog'>,
): string[] {
  const paths = versionFilePaths(request).flatMap(path => [
    path,
    ...lockPaths(path),
  ]);
  const changelog = changelogPath(request);
  if (changelog !== 'none') paths.push(changelog);
  return [...new Set(paths)];
}

function inFolder(folder: string | undefined, name: string): string {
  return folder === undefined ? name : `${folder}/${name}`;
}
