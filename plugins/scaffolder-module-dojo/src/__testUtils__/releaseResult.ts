import type {
  CommitVerdict,
  ReleasePlan,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';

const oid = (start: string) => start.padEnd(40, '0');

/** A commit of a release plan. */
export function commitVerdict(
  sha: string,
  subject: string,
  verdict: Pick<CommitVerdict, 'level' | 'reason'> & Partial<CommitVerdict>,
): CommitVerdict {
  return {
    sha: oid(sha),
    subject,
    footers: [],
    breaking: false,
    ...verdict,
  };
}

/** What the plan route answers for ledger: 0.4.0, with `shows` changed as given. */
export function plannedRelease(
  shows: Partial<ReleasePlan['shows']> = {},
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
        base: oid('a41d9e2'),
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
            key: 'image bytes sha256:9f2c',
            text: 'image bytes sha256:9f2c',
            already: true,
          },
          {
            key: 'refs main + v0.4.0',
            text: 'one push of main and v0.4.0',
            already: false,
          },
        ],
        warnings: ['package.json says 0.2.9; it is set to 0.4.0.'],
        ...shows,
      },
    },
  };
}

/** The answer where no commit counts: 0.4.0 is the newest. */
export function nothingToRelease(
  newest: Partial<NonNullable<ReleasePlan['shows']['newest']>> | 'none' = {},
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
            commit: oid('6601fcf'),
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

/** The answer where 0.3.0 is tagged and its image tag is missing. */
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
          commit: oid('6601fcf'),
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
