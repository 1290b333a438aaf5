import type { ReleaseResult } from '../release/release-result';
import { nothingToRelease } from './nothing-to-release';
import { objectId } from './object-id';

/** The answer where 0.4.0 is tagged and its forge release is missing. */
export function releaseToFinish(): ReleaseResult {
  const result = nothingToRelease();
  return {
    ...result,
    outcome: 'planned',
    plan: {
      ...result.plan,
      kind: 'already-released',
      decides: {
        ...result.plan.decides,
        finish: {
          version: '0.4.0',
          tag: 'v0.4.0',
          commit: objectId('6601fcf'),
          notes: '### Fixes\n\n- an older fix',
          movingTags: [],
          forgeRelease: true,
        },
      },
      shows: {
        ...result.plan.shows,
        effects: [
          {
            key: 'forge release v0.4.0',
            text: 'forge release v0.4.0',
            already: false,
          },
        ],
      },
    },
  };
}
