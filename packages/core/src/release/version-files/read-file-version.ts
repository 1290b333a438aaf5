import type { ReleaseRequest } from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { versionFilePaths } from '../release-paths';
import { readVersionFile } from './read-version-file';
import type { ObservedFile } from '../../repository/repository-data';

/** The highest semantic version that the request's version files hold. @returns undefined where none holds one. */
export function readFileVersion(
  files: readonly ObservedFile[],
  request: Pick<ReleaseRequest, 'versionFiles' | 'path'>,
): string | undefined {
  const versions = versionFilePaths(request).flatMap(path => {
    const file = files.find(candidate => candidate.path === path);
    if (file?.kind !== 'text') return [];
    const found = readVersionFile(path, file.text);
    const version =
      found?.kind === 'found' ? semver.valid(found.fields[0].value) : null;
    return version === null ? [] : [version];
  });
  return versions.sort(semver.rcompare)[0];
}
