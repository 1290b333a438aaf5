import type { ReleaseShows } from '../release/release-plan';
import type { ReleaseResult } from '../release/release-result';
import { commitVerdict } from './commit-verdict';
import { objectId } from './object-id';

/** The dry run of a release of ledger, 0.4.0, with `shows` changed as given. */
export function plannedRelease(
  shows: Partial<ReleaseShows> = {},
): ReleaseResult {
  const notes = [
    '### Features',
    '',
    '- **budget:** carry over last month ([#41](https://forge.test/41))',
    '',
    '### Fixes',
    '',
    '- count credit cards',
  ].join('\n');
  return {
    outcome: 'planned',
    version: '0.4.0',
    planHash: '7c1e93ab'.padEnd(64, 'd'),
    effects: [],
    plan: {
      kind: 'release',
      decides: {
        repository: 'file:ledger.git',
        branch: 'main',
        base: objectId('a41d9e2'),
        release: {
          version: '0.4.0',
          tag: 'v0.4.0',
          date: '2026-11-22',
          notes,
          edits: [],
          author: { name: 'Dojo', email: 'dojo@portal.test' },
          movingTags: [],
          forgeRelease: false,
        },
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
        previousVersion: '0.3.0',
        previousTag: 'v0.3.0',
        reason: 'feat asks for a minor.',
        commits: [
          commitVerdict('a41d9e2', 'feat(budget): carry over last month', {
            level: 'minor',
            reason: 'feat',
            type: 'feat',
          }),
          commitVerdict('5d20c18', 'fix: count credit cards', {
            level: 'patch',
            reason: 'fix',
            type: 'fix',
          }),
          commitVerdict('33fa77b', 'feat!: dark charts', {
            level: 'none',
            reason: 'reverted by 9be1d52',
            type: 'feat',
            breaking: true,
          }),
          commitVerdict('e18c4a0', 'Update readme', {
            level: 'none',
            reason: 'not conventional, listed under Other',
          }),
        ],
        diffs: [
          {
            path: 'pyproject.toml',
            created: false,
            lines: [
              { kind: 'context', text: '[project]' },
              { kind: 'remove', text: 'version = "0.3.0"' },
              { kind: 'add', text: 'version = "0.4.0"' },
            ],
            omitted: 0,
          },
          {
            path: 'CHANGELOG.md',
            created: true,
            lines: [{ kind: 'add', text: '## 0.4.0 (2026-11-22)' }],
            omitted: 6,
          },
        ],
        effects: [
          {
            key: 'image ghcr.io/acme/ledger:0.4.0',
            text: 'put the manifest',
            already: true,
          },
          {
            key: 'refs main + v0.4.0',
            text: 'push commit and tag',
            already: false,
          },
        ],
        warnings: ['package.json says 0.2.9; it is set to 0.4.0.'],
        ...shows,
      },
    },
  };
}
