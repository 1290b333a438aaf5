import type { ReleaseShows } from '../release/release-plan';
import type { ReleaseResult } from '../release/release-result';
import { objectId } from './object-id';
import { plannedRelease } from './planned-release';

/** The answer where no commit counts and 0.4.0, changed as given, is the newest release; `none`: there is no release. */
export function nothingToRelease(
  newest: Partial<NonNullable<ReleaseShows['newest']>> | 'none' = {},
): ReleaseResult {
  const result = plannedRelease({
    reason: 'None of the commits since v0.4.0 counts.',
    diffs: [],
    effects: [],
    warnings: [],
    newest:
      newest === 'none'
        ? undefined
        : {
            version: '0.4.0',
            tag: 'v0.4.0',
            commit: objectId('6601fcf'),
            notes: '### Fixes\n\n- an older fix',
            ...newest,
          },
  });
  return {
    ...result,
    outcome: 'nothing-to-release',
    plan: {
      ...result.plan,
      kind: 'nothing-to-release',
      decides: { ...result.plan.decides, release: undefined },
    },
  };
}
