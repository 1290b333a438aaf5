import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import { decideVersion } from './decide-version';
import {
  observedCommit,
  releaseState,
  versionTag,
} from './__testUtils__/release-state';

type Overrides = Parameters<typeof releaseState>[0];

function decide(
  overrides: Overrides = {},
  choices: Partial<ReleaseRequestInput> = {},
) {
  return decideVersion(
    releaseState(overrides),
    releaseRequestSchema.parse({ repository: 'file:ledger.git', ...choices }),
  );
}

/** A state whose newest version is a pre-release. */
function afterRc(commits: string[], earlier = ['feat: y']): Overrides {
  return {
    newest: '1.3.0-rc.1',
    newestStable: '1.2.3',
    commits: commits.map((message, i) => observedCommit(`${i}a`, message)),
    earlierCommits: earlier.map((message, i) =>
      observedCommit(`${i}b`, message),
    ),
  };
}

describe('decideVersion', () => {
  it('decides by the commits since the newest version', () => {
    expect(decide()).toMatchObject({
      kind: 'release',
      version: '0.4.0',
      tag: 'v0.4.0',
      movingTags: [],
      reason: 'Minor bump (0.3.0 -> 0.4.0): new feature.',
      judged: [{ verdict: { sha: expect.any(String), level: 'minor' } }],
    });
  });

  it.each<[string, Overrides, Partial<ReleaseRequestInput>, string]>([
    [
      'a fix',
      { messages: ['fix: x'] },
      {},
      'Patch bump (0.3.0 -> 0.3.1): fixes.',
    ],
    [
      'a break below 1.0.0',
      { messages: ['fix!: x'] },
      {},
      'Minor bump (0.3.0 -> 0.4.0): breaking change before 1.0.0.',
    ],
    [
      'a break',
      { newest: '1.2.3', messages: ['fix!: x'] },
      {},
      'Major bump (1.2.3 -> 2.0.0): breaking change.',
    ],
    [
      'a level by name',
      { messages: ['chore: x'] },
      { bump: 'patch' },
      'Patch bump (0.3.0 -> 0.3.1): set manually.',
    ],
    [
      'a pre-release',
      { messages: ['chore: x'] },
      { bump: 'prerelease' },
      'Pre-release (0.3.0 -> 0.3.1-rc.1): set manually.',
    ],
    [
      'another identifier, though nothing came since',
      afterRc([]),
      { bump: 'prerelease', preid: 'rd' },
      'Pre-release (1.3.0-rc.1 -> 1.3.0-rd.1): set manually.',
    ],
    [
      'a version by name',
      { messages: ['chore: x'] },
      { bump: '1.0.0' },
      'Set manually (0.3.0 -> 1.0.0).',
    ],
    [
      'the first version',
      { newest: undefined },
      {},
      '0.1.0 is the first version.',
    ],
    [
      'a stable version after rc',
      afterRc(['fix: x']),
      {},
      'Minor bump (1.2.3 -> 1.3.0): new feature.',
    ],
    [
      'a stable version after rc with all taken back',
      afterRc(['revert: feat: y'], ['feat: y']),
      {},
      'Minor bump (1.2.3 -> 1.3.0): a pre-release becomes stable.',
    ],
  ])('says why: %s', (_, overrides, choices, reason) => {
    expect(decide(overrides, choices)).toMatchObject({
      kind: 'release',
      reason,
    });
  });

  it.each<[string, Overrides, Partial<ReleaseRequestInput>, string]>([
    ['nothing came', { commits: [] }, {}, 'No commits since v0.3.0.'],
    [
      'nothing came, a level was asked for',
      { commits: [] },
      { bump: 'minor' },
      'No commits since v0.3.0.',
    ],
    [
      'nothing came after rc',
      afterRc([]),
      {},
      'No commits since v1.3.0-rc.1. To make it stable, ask for the version by name or by level.',
    ],
    [
      'nothing came after rc, the next was asked for',
      afterRc([]),
      { bump: 'prerelease' },
      'No commits since v1.3.0-rc.1. To make it stable, ask for the version by name or by level.',
    ],
    [
      'the version asked for is there',
      { commits: [] },
      { bump: '0.3.0' },
      '0.3.0 is released: v0.3.0 holds a41d9e2.',
    ],
    [
      'the version asked for is there, and more came',
      {},
      { bump: '0.3.0' },
      '0.3.0 already exists; 1 commit came since.',
    ],
  ])('is already released where %s', (_, overrides, choices, reason) => {
    expect(decide(overrides, choices)).toMatchObject({
      kind: 'already-released',
      reason,
    });
  });

  it.each<[string, Overrides, string]>([
    [
      'only chores came',
      { messages: ['chore: x', 'x'] },
      'None of the 2 commits since v0.3.0 counts for a version.',
    ],
    [
      'a pair cancels',
      { messages: ['revert: feat: x', 'feat: x'] },
      'None of the 2 commits since v0.3.0 counts for a version.',
    ],
    [
      'no version is there',
      { newest: undefined, messages: ['Initial commit'] },
      'None of the 1 commit so far counts for a version.',
    ],
    [
      'only chores came after rc',
      afterRc(['chore: x']),
      'None of the 1 commit since v1.3.0-rc.1 counts for a version.',
    ],
  ])('releases nothing where %s', (_, overrides, reason) => {
    expect(decide(overrides)).toMatchObject({
      kind: 'nothing-to-release',
      reason,
    });
  });

  describe('after a pre-release', () => {
    it.each<[Partial<ReleaseRequestInput>, string, number]>([
      [{}, '1.3.0', 2],
      [{ bump: 'prerelease' }, '1.3.0-rc.2', 1],
      [{ bump: 'minor' }, '1.3.0', 2],
    ])(
      'tells of the commits since the last stable version for a stable one: %j',
      (choices, version, judged) => {
        const decision = decide(afterRc(['fix: x']), choices);
        expect(decision).toMatchObject({ version });
        expect(decision.judged).toHaveLength(judged);
      },
    );

    it.each<[string]>([['patch'], ['minor'], ['1.3.0']])(
      'makes it stable without a commit: %s',
      bump => {
        expect(decide(afterRc([]), { bump })).toMatchObject({
          kind: 'release',
          version: '1.3.0',
        });
      },
    );

    it('restarts at a higher base', () => {
      expect(
        decide(afterRc(['feat!: x']), { bump: 'prerelease' }),
      ).toMatchObject({ version: '2.0.0-rc.1' });
    });
  });

  describe('when tags of the image move', () => {
    const movingTags = ['latest', 'major', 'major.minor'] as const;

    it.each<[string, Overrides, string, string[]]>([
      [
        'the highest stable version',
        { newest: '1.2.3' },
        '1.4.0',
        ['latest', '1', '1.4'],
      ],
      [
        'the first version',
        { newest: undefined },
        '1.4.0',
        ['latest', '1', '1.4'],
      ],
      ['a pre-release', { newest: '1.2.3' }, '1.4.0-rc.1', []],
      [
        'less than another line',
        {
          newest: '1.2.3',
          versionTags: [versionTag('1.2.3'), versionTag('2.0.0', 'd')],
        },
        '1.4.0',
        [],
      ],
      [
        'less than a pre-release only',
        {
          newest: '1.2.3',
          versionTags: [versionTag('1.2.3'), versionTag('2.0.0-rc.1', 'd')],
        },
        '1.4.0',
        ['latest', '1', '1.4'],
      ],
    ])('names them for %s', (_, overrides, bump, expected) => {
      expect(
        decide(overrides, { bump, movingTags: [...movingTags] }),
      ).toMatchObject({ movingTags: expected });
    });
  });

  it('takes the highest version of the files where there is no tag', () => {
    const files = [
      { path: 'package.json', text: '{"version":"0.2.0"}' },
      { path: 'VERSION', text: '1.4.0' },
      { path: 'pyproject.toml', text: '[project]\nversion = "not one"' },
    ];
    expect(decide({ newest: undefined, texts: files })).toMatchObject({
      version: '1.4.0',
    });
    expect(decide({ newest: undefined, texts: [files[2]] })).toMatchObject({
      version: '0.1.0',
    });
    expect(decide({ newest: '0.3.0', texts: files })).toMatchObject({
      version: '0.4.0',
    });
  });
});
