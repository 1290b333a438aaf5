import type { ReleasePromise } from 'backstage-plugin-dojo-common';
import { prerelease } from 'semver';
import type { Effect, Found } from '../../effect/effect';
import { forgeReleaseKey } from './effect-keys';
import type { Forge, ForgeRelease } from '../ports';

/** The published release, once the forge was seen to hold it. */
export interface ForgeReleaseEffect {
  readonly effect: Effect;
  /** @returns undefined until the forge was seen to hold it. */
  release(): ForgeRelease | undefined;
}

/**
 * The release that the forge shows for a version's tag. A published release of the tag is it, whatever its text: people
 * correct notes afterwards, and a forge has one published release a tag. A draft is somebody's unfinished work, shown to
 * nobody: it is no release, and it is not touched.
 *
 * @param changelog its path in the repository, or `none`: where notes that are too long for the forge can be read.
 */
export function forgeReleaseEffect(
  promise: Pick<ReleasePromise, 'tag' | 'version' | 'notes'>,
  changelog: string,
  forge: Forge,
): ForgeReleaseEffect {
  const { tag, version, notes } = promise;
  let release: ForgeRelease | undefined;
  return {
    release: () => release,
    effect: {
      key: forgeReleaseKey(tag),
      async find(signal): Promise<Found> {
        const found = await forge.readRelease(tag, signal);
        if (found === undefined) return { kind: 'absent' };
        if (found.draft) {
          return {
            kind: 'different',
            detail: 'is a draft, planned published',
            hint: 'Publish the draft on the forge, or delete it, and run it again.',
          };
        }
        release = found;
        return { kind: 'as-planned' };
      },
      async create(signal) {
        await forge.createRelease(
          {
            tag,
            name: tag,
            notes,
            notesUrl: notesUrl(forge.webUrl, tag, changelog),
            prerelease: prerelease(version) !== null,
          },
          signal,
        );
      },
    },
  };
}

/** The changelog at the tag; without one the repository at the tag, whose message holds the notes. */
function notesUrl(webUrl: string, tag: string, changelog: string): string {
  const at = encodePath(tag);
  return changelog === 'none'
    ? `${webUrl}/tree/${at}`
    : `${webUrl}/blob/${at}/${encodePath(changelog)}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
