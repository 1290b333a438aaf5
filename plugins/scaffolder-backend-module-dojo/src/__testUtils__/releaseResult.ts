import type { Outcome, ReleaseResult } from 'backstage-plugin-dojo-common';

const planHash = 'a'.repeat(64);

/** A release of 1.5.0 with the given effects, as the engine returns it. */
export function releaseResult(
  outcome: ReleaseResult['outcome'],
  effects: Outcome[] = [],
): ReleaseResult {
  return {
    outcome,
    version: '1.5.0',
    previousVersion: '1.4.2',
    tag: 'v1.5.0',
    commit: 'c'.repeat(40),
    notes: '### Features',
    planHash,
    effects,
    plan: {
      kind: 'release',
      decides: {
        repository: 'file:ledger.git',
        branch: 'main',
        base: 'b'.repeat(40),
        request: {
          bump: 'auto',
          preid: 'rc',
          squash: 'title',
          changelog: 'CHANGELOG.md',
          forgeRelease: 'auto',
          movingTags: [],
        },
      },
      shows: {
        previousVersion: '1.4.2',
        reason: '1.5.0, since 1 commit is a feature',
        commits: [],
        diffs: [],
        effects: [
          {
            key: 'image ghcr.io/acme/ledger:1.5.0',
            text: 'put the manifest',
            already: true,
          },
          {
            key: 'refs main + v1.5.0',
            text: 'push commit and tag',
            already: false,
          },
        ],
        warnings: ['package.json says 1.4.1'],
      },
    },
  };
}
