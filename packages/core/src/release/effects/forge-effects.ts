import type { ReleasePromise } from 'backstage-plugin-dojo-common';
import type { Found } from '../../effect/effect';
import { isStable } from '../../repository/version-tags';
import { forgeReleaseKey } from './effect-keys';
import type { ReleaseStep } from './release-run';

type Needs = 'changelog' | 'openForge' | 'onPublished';

/**
 * The release that the forge shows for a version's tag. A published release of the tag is it, whatever its text: people
 * correct notes afterwards, and a forge has one published release a tag. A draft is somebody's unfinished work, shown to
 * nobody: it is no release, and it is not touched.
 */
export function forgeReleaseStep(
  promise: Pick<ReleasePromise, 'tag' | 'version' | 'notes'>,
): ReleaseStep<Needs> {
  const { tag, version, notes } = promise;
  return {
    key: forgeReleaseKey(tag),
    text: `GitHub release ${tag} with the notes`,
    already: false,
    toEffect(run) {
      const forge = run.openForge();
      return {
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
          run.onPublished(tag, found.url);
          return { kind: 'as-planned' };
        },
        async create(signal) {
          await forge.createRelease(
            {
              tag,
              name: tag,
              notes,
              // Notes that are too long for the forge can be read there.
              notesUrl: notesUrl(forge.webUrl, tag, run.changelog),
              prerelease: !isStable(version),
            },
            signal,
          );
        },
      };
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
