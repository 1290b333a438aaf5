import type { ReleaseRequest } from 'backstage-plugin-dojo-common';

/** Version files that are taken where they exist at the root, in the order in which they are asked for a version. */
export const wellKnownVersionFiles = [
  'package.json',
  'pyproject.toml',
  'Chart.yaml',
  'VERSION',
] as const;

/** Lock files that repeat their neighbour's version: they are set along with it, where they exist. */
const companions: Readonly<Record<string, string>> = {
  'package.json': 'package-lock.json',
  'pyproject.toml': 'uv.lock',
};

/** The path of the lock file beside a version file. @returns undefined where its format has none. */
export function companionPath(path: string): string | undefined {
  const slash = path.lastIndexOf('/') + 1;
  const name = companions[path.slice(slash)];
  return name === undefined ? undefined : `${path.slice(0, slash)}${name}`;
}

/** The version files of a request, without their companions: those it names, else the well-known ones. */
export function versionFilePaths(
  request: Pick<ReleaseRequest, 'versionFiles'>,
): string[] {
  return [...new Set(request.versionFiles ?? wellKnownVersionFiles)];
}

/** Every file that a plan for the request wants to see at the base commit: `ReleaseState.files`. */
export function releasePaths(
  request: Pick<ReleaseRequest, 'versionFiles' | 'changelog'>,
): string[] {
  const paths = versionFilePaths(request).flatMap(path => {
    const companion = companionPath(path);
    return companion === undefined ? [path] : [path, companion];
  });
  if (request.changelog !== 'none') paths.push(request.changelog);
  return [...new Set(paths)];
}
