import type { ComponentVersions } from 'backstage-plugin-dojo-common';

/** How the engine takes the version that ran before the present one. */
export const previousVersion = 'previous';

/**
 * Whether the form holds a version that the component has not; one that is not chosen yet is none, and of more than are
 * listed nobody knows.
 */
export function isUnknownVersion(
  held: string | undefined,
  { versions, total }: ComponentVersions,
): boolean {
  return (
    total <= versions.length &&
    held !== undefined &&
    held !== '' &&
    held !== previousVersion &&
    versions.every(
      ({ tag, version }) =>
        tag !== held &&
        version !== held &&
        `v${version}` !== held.toLowerCase(),
    )
  );
}

/** The release that `latest` means, as people say it; undefined: there is none. */
export function latestVersion({
  versions,
}: Pick<ComponentVersions, 'versions'>): string | undefined {
  return (versions.find(({ isStable }) => isStable) ?? versions[0])?.version;
}
