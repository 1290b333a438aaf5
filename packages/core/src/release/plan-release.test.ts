import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import {
  releasePlanSchema,
  releaseRequestSchema,
} from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import { planHash } from '../plan/plan-hash';
import { applySplices } from './apply-splices';
import { planRelease, shownTextLimit } from './plan-release';
import type { ObservedImage } from './release-state';
import type { ReleaseStateOverrides } from './__testUtils__/release-state';
import {
  base,
  observedCommit,
  releaseState,
  versionTag,
} from './__testUtils__/release-state';

const seed = 20261122;
const digest = `sha256:${'9f2c41'.padEnd(64, '0')}`;
const otherDigest = `sha256:${'1'.repeat(64)}`;
const repository = 'ghcr.io/acme/ledger';
const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const webUrl = 'https://github.com/acme/ledger';

type Choices = Partial<ReleaseRequestInput>;

const request = (choices: Choices = {}) =>
  releaseRequestSchema.parse({ repository: 'file:ledger.git', ...choices });
const plan = (overrides: ReleaseStateOverrides = {}, choices: Choices = {}) =>
  planRelease(releaseState(overrides), request(choices));

function image(overrides: Partial<ObservedImage> = {}): ObservedImage {
  return {
    repository,
    sourceTag: base,
    source: { kind: 'found', digest, mediaType, revisions: [base] },
    tags: {},
    ...overrides,
  };
}

const ledger: ReleaseStateOverrides = {
  commits: [
    observedCommit('a41d9e2', 'feat(budget): carry over last month (#41)'),
    observedCommit('33fa77b', `revert: feat: dark charts\n\nRefs: 0be1d52`),
    observedCommit('0be1d52', 'feat: dark charts'),
    observedCommit('e18c4a0', 'Update readme'),
    observedCommit('1f0a9d3', 'chore: bump dependencies'),
  ],
  texts: [
    {
      path: 'pyproject.toml',
      text: '[project]\nname = "ledger"\nversion = "0.3.0"\n',
    },
    {
      path: 'CHANGELOG.md',
      text: '# Changelog\n\n## 0.3.0 (2026-10-01)\n\n- Old.\n',
    },
  ],
};

describe('planRelease', () => {
  it('decides all of a release, and shows why', () => {
    const notes = [
      '### Features',
      '',
      `- **budget:** carry over last month ([#41](${webUrl}/issues/41)) ([a41d9e2](${webUrl}/commit/${base}))`,
      '',
      '### Other',
      '',
      `- Update readme ([e18c4a0](${webUrl}/commit/${'e18c4a0'.padEnd(
        40,
        '0',
      )}))`,
    ].join('\n');
    const planned = plan(
      {
        ...ledger,
        forge: { kind: 'github', webUrl },
        image: image({ tags: { latest: otherDigest } }),
      },
      { image: repository, movingTags: ['latest'] },
    );
    expect(planned.kind).toBe('release');
    expect(planned.decides).toStrictEqual({
      repository: 'file:ledger.git',
      branch: 'main',
      base,
      release: {
        version: '0.4.0',
        tag: 'v0.4.0',
        date: '2026-11-20',
        notes,
        edits: [
          {
            path: 'pyproject.toml',
            before: 'b'.repeat(40),
            mode: '100644',
            splices: [{ start: 37, end: 42, text: '0.4.0' }],
          },
          {
            path: 'CHANGELOG.md',
            before: 'b'.repeat(40),
            mode: '100644',
            splices: [
              {
                start: 13,
                end: 13,
                text: `## 0.4.0 (2026-11-20)\n\n${notes}\n\n`,
              },
            ],
          },
        ],
        author: { name: 'Dojo Portal', email: 'dojo-portal@localhost' },
        image: { repository, digest, mediaType, sourceTag: base },
        movingTags: ['latest'],
        forgeRelease: true,
      },
      request: {
        bump: 'auto',
        preid: 'rc',
        squash: 'title',
        changelog: 'CHANGELOG.md',
        forgeRelease: 'auto',
        movingTags: ['latest'],
      },
    });
    const { commits, diffs, ...shows } = planned.shows;
    expect(
      commits.map(({ sha, level, reason }) => [
        sha?.slice(0, 7),
        level,
        reason,
      ]),
    ).toEqual([
      ['a41d9e2', 'minor', 'feat'],
      ['33fa77b', 'none', 'reverts 0be1d52'],
      ['0be1d52', 'none', 'reverted by 33fa77b'],
      ['e18c4a0', 'none', 'not conventional'],
      ['1f0a9d3', 'none', 'chore'],
    ]);
    expect(diffs[0]).toEqual({
      path: 'pyproject.toml',
      created: false,
      lines: [
        { kind: 'remove', text: 'version = "0.3.0"' },
        { kind: 'add', text: 'version = "0.4.0"' },
      ],
      omitted: 0,
    });
    expect(diffs[1]).toMatchObject({
      path: 'CHANGELOG.md',
      created: false,
      omitted: 0,
    });
    expect(shows).toStrictEqual({
      previousVersion: '0.3.0',
      previousTag: 'v0.3.0',
      reason: '0.4.0 follows 0.3.0: a commit adds a feature.',
      effects: [
        {
          key: `image bytes ${digest}`,
          text: `Image ${repository}@sha256:9f2c41000000… of commit a41d9e2 is there to be tagged (same bytes, nothing rebuilt)`,
          already: true,
        },
        {
          key: 'refs main + v0.4.0',
          text: 'One push: the release commit on main and the annotated tag v0.4.0 (both or neither)',
          already: false,
        },
        {
          key: `image tag ${repository}:0.4.0`,
          text: `Image ${repository}@sha256:9f2c41000000… gets the tag 0.4.0`,
          already: false,
        },
        {
          key: 'forge release v0.4.0',
          text: 'GitHub release v0.4.0 with the notes',
          already: false,
        },
        {
          key: `image tag ${repository}:latest`,
          text: `Image ${repository}@sha256:9f2c41000000… becomes latest`,
          already: false,
        },
      ],
      warnings: [],
      newest: {
        version: '0.3.0',
        tag: 'v0.3.0',
        commit: 'c'.repeat(40),
        notes: 'Old.',
      },
    });
  });

  it('makes the files that it shows', () => {
    const planned = plan(ledger);
    const files = (planned.decides.release?.edits ?? []).map(
      ({ path, splices }) =>
        applySplices(
          ledger.texts!.find(file => file.path === path)!.text,
          splices,
        ),
    );
    expect(files).toEqual([
      '[project]\nname = "ledger"\nversion = "0.4.0"\n',
      '# Changelog\n\n## 0.4.0 (2026-11-20)\n\n### Features\n\n- **budget:** carry over last month (#41) (a41d9e2)\n\n### Other\n\n- Update readme (e18c4a0)\n\n## 0.3.0 (2026-10-01)\n\n- Old.\n',
    ]);
  });

  describe('when nothing is to be released', () => {
    it.each<[string, ReleaseStateOverrides, string]>([
      ['already-released', { messages: [] }, 'Nothing came after v0.3.0.'],
      [
        'nothing-to-release',
        { messages: ['chore: x'] },
        'None of the 1 commit since v0.3.0 counts for a version.',
      ],
    ])(
      'plans no effect and shows the newest: %s',
      (kind, overrides, reason) => {
        const release = {
          imageDigest: digest,
          releaseUrl: `${webUrl}/releases/tag/v0.3.0`,
        };
        const planned = plan({ ...overrides, release }, { image: repository });
        expect(planned).toMatchObject({
          kind,
          shows: {
            reason,
            effects: [],
            diffs: [],
            newest: { version: '0.3.0', tag: 'v0.3.0', ...release },
          },
        });
        expect(planned.decides).not.toHaveProperty('release');
        expect(planned.decides).not.toHaveProperty('finish');
      },
    );
  });

  describe('when the newest tag left promises open', () => {
    const open = {
      version: '0.3.0',
      tag: 'v0.3.0',
      commit: 'c'.repeat(40),
      notes: 'Old.',
      image: { repository, digest: otherDigest, mediaType, sourceTag: 'x' },
      movingTags: ['latest'],
      forgeRelease: true,
    };

    it('settles them without a new release', () => {
      const planned = plan({ messages: [], release: { open } });
      expect(planned.kind).toBe('already-released');
      expect(planned.decides.finish).toEqual(open);
      expect(planned.shows.effects.map(({ key }) => key)).toEqual([
        `image tag ${repository}:0.3.0`,
        'forge release v0.3.0',
        `image tag ${repository}:latest`,
      ]);
    });

    it('settles them before a new one', () => {
      const planned = plan({ release: { open } });
      expect(planned.shows.effects.map(({ key }) => key)).toEqual([
        `image tag ${repository}:0.3.0`,
        'forge release v0.3.0',
        `image tag ${repository}:latest`,
        'refs main + v0.4.0',
      ]);
    });
  });

  describe('when an image is promoted', () => {
    const withImage = (
      observed: Partial<ObservedImage>,
      choices: Choices = {},
    ) => plan({ image: image(observed) }, { image: repository, ...choices });

    it('says which tags hold it already', () => {
      const { effects } = withImage({ tags: { '0.4.0': digest } }).shows;
      expect(
        effects.filter(({ already }) => already).map(({ key }) => key),
      ).toEqual([`image bytes ${digest}`, `image tag ${repository}:0.4.0`]);
    });

    it.each(['a41d9e2', base.toUpperCase()])(
      'knows the head by %s',
      revision => {
        const source = {
          kind: 'found',
          digest,
          mediaType,
          revisions: [base, revision],
        } as const;
        expect(withImage({ source }).shows.warnings).toEqual([]);
      },
    );

    it('warns where nothing proves what it was built from', () => {
      const source = {
        kind: 'found',
        digest,
        mediaType,
        revisions: [],
      } as const;
      expect(withImage({ source }).shows.warnings).toEqual([
        `${repository}:${base} names no revision: nothing proves which commit it was built from.`,
      ]);
    });

    it.each<[string, Partial<ObservedImage>, Choices, object]>([
      [
        'is not in the registry',
        { source: { kind: 'absent' } },
        {},
        {
          code: 'RELEASE_IMAGE_SOURCE_MISSING',
          message: `image tag ${repository}:${base} does not exist, so there is no image to release`,
          hint: expect.stringContaining(`Push ${repository}:${base} first`),
        },
      ],
      [
        'is of another commit',
        {
          source: {
            kind: 'found',
            digest,
            mediaType,
            revisions: [base, 'd'.repeat(40)],
          },
        },
        {},
        {
          code: 'RELEASE_IMAGE_REVISION',
          message: `image tag ${repository}:${base} was built from ${'d'.repeat(
            40,
          )}, not from the released head ${base}`,
        },
      ],
      [
        'is of a commit named too shortly',
        { source: { kind: 'found', digest, mediaType, revisions: ['a41d'] } },
        {},
        { code: 'RELEASE_IMAGE_REVISION' },
      ],
      [
        'would move a version tag',
        { tags: { '0.4.0': otherDigest } },
        {},
        {
          code: 'RELEASE_IMAGE_DIGEST_CONFLICT',
          message: `image tag ${repository}:0.4.0 holds ${otherDigest}, the image to release is ${digest}`,
        },
      ],
      [
        'cannot have the version as its tag',
        {},
        { bump: '0.5.0+build' },
        {
          code: 'RELEASE_VERSION_NOT_IMAGE_TAG',
          message: '0.5.0+build cannot be an image tag',
        },
      ],
    ])('refuses one that %s', (_, observed, choices, error) => {
      expect(() => withImage(observed, choices)).toThrow(
        expect.objectContaining({ kind: 'refused', ...error }),
      );
    });

    it.each<[Choices, ReleaseStateOverrides, string]>([
      [
        { movingTags: ['latest'] },
        {},
        'Moving tags stay where they are: no image is released.',
      ],
      [
        { movingTags: ['latest'], image: repository },
        {
          image: image(),
          versionTags: [versionTag('0.3.0'), versionTag('9.0.0', 'd')],
        },
        'Moving tags stay where they are: 0.4.0 is not the highest stable version.',
      ],
    ])('says where moving tags stay: %j', (choices, overrides, warning) => {
      const planned = plan(overrides, choices);
      expect(planned.shows.warnings).toEqual([warning]);
      expect(planned.decides.release?.movingTags).toEqual([]);
    });
  });

  describe('when Python reads the version', () => {
    const python = (newest: string, choices: Choices) =>
      plan(
        {
          newest,
          newestStable: '0.3.0',
          messages: ['chore: x'],
          texts: [
            { path: 'pyproject.toml', text: '[project]\nversion = "0.3.0"\n' },
          ],
        },
        choices,
      );

    it.each<[string, Choices, string]>([
      ['0.3.0', { bump: 'prerelease' }, '0.3.1-rc.1'],
      ['0.3.0', { bump: 'prerelease', preid: 'beta' }, '0.3.1-beta.1'],
      ['0.4.0-beta.1', { bump: 'prerelease' }, '0.4.0-rc.1'],
      ['0.4.0-rc.9', { bump: 'prerelease' }, '0.4.0-rc.10'],
      ['0.4.0-rc.9', { bump: 'patch' }, '0.4.0'],
      ['0.4.0-rc.9', { bump: '0.5.0-alpha.1' }, '0.5.0-alpha.1'],
    ])('takes what it sorts alike: %s, %j', (newest, choices, version) => {
      expect(python(newest, choices).decides.release).toMatchObject({
        version,
      });
    });

    it.each<[string, Choices, string]>([
      [
        '0.3.0',
        { bump: '0.4.0-0' },
        '0.4.0-0 cannot stand in pyproject.toml: Python would reject it or take it for a post-release',
      ],
      [
        '0.3.0',
        { bump: 'prerelease', preid: 'next' },
        '0.3.1-next.1 cannot stand in pyproject.toml: Python would reject it or take it for a post-release',
      ],
      [
        '0.4.0-beta.1',
        { bump: 'prerelease', preid: 'dev' },
        '0.4.0-dev.1 cannot stand in pyproject.toml: Python would not sort it after 0.4.0-beta.1',
      ],
      [
        '0.4.0-pre.1',
        { bump: 'prerelease' },
        '0.4.0-rc.1 cannot stand in pyproject.toml: Python would not sort it after 0.4.0-pre.1',
      ],
    ])('refuses what it would not: %s, %j', (newest, choices, message) => {
      expect(() => python(newest, choices)).toThrow(
        expect.objectContaining({
          code: 'RELEASE_VERSION_NOT_PEP440',
          kind: 'refused',
          message,
        }),
      );
    });

    it('asks nobody where no Python file is there', () => {
      expect(plan({}, { bump: '0.4.0-next.1' }).decides.release).toMatchObject({
        version: '0.4.0-next.1',
      });
    });
  });

  it.each<[Choices, object]>([
    [{ date: '2026-01-02' }, { date: '2026-01-02' }],
    [{ changelog: 'none' }, { edits: [] }],
    [
      { changelog: 'docs/CHANGES.md' },
      { edits: [{ path: 'docs/CHANGES.md', mode: '100644' }] },
    ],
    [{ forgeRelease: 'none' }, { forgeRelease: false }],
  ])('follows the request: %j', (choices, release) => {
    expect(
      plan({ forge: { kind: 'github', webUrl } }, choices).decides.release,
    ).toMatchObject(release);
  });

  it('shows what a reader should know of how it came about', () => {
    const { shows } = plan({
      warnings: ['The server is slow.'],
      cappedAt: 1000,
      texts: [
        { path: 'VERSION', text: '0.3.5' },
        { path: 'CHANGELOG.md', text: '## 0.4.0\n' },
      ],
    });
    expect(shows).toMatchObject({
      cappedAt: 1000,
      warnings: [
        'The server is slow.',
        'Only the newest 1000 commits were read; older ones are not in the notes.',
        'VERSION says 0.3.5, the last release is 0.3.0. It becomes 0.4.0.',
        'CHANGELOG.md has a section for 0.4.0 already; it stays as it is.',
      ],
    });
  });

  it('says so where versions exist on other lines only', () => {
    expect(
      plan({ newest: undefined, versionTags: [versionTag('2.0.0')] }).shows
        .warnings,
    ).toEqual([
      'Version tags such as v2.0.0 exist, but main contains none of them.',
    ]);
  });

  it('carries no more of a message than a page can show', () => {
    const long = 'x'.repeat(1_000_000);
    const planned = plan({
      messages: [`feat: ${long}\n\n${long}\n\nA: ${long}`],
    });
    expect(JSON.stringify(planned).length).toBeLessThan(6 * shownTextLimit);
    expect(planned.shows.commits[0].body).toHaveLength(shownTextLimit);
  });

  it('is the same plan after JSON, by its schema, whatever is released', () => {
    const message = fc.oneof(
      fc.constantFrom(
        'feat: x',
        'fix!: y',
        'chore: z',
        '',
        'revert: feat: x',
        'feat: x\n\nBREAKING CHANGE: y',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.constantFrom<Choices['bump']>(
          'auto',
          'minor',
          'prerelease',
          '7.0.0',
        ),
        fc.constantFrom(undefined, '0.3.0', '1.0.0-rc.1'),
        fc.boolean(),
        (messages, bump, newest, hasImage) => {
          const overrides = {
            messages,
            newest,
            ...(hasImage && { image: image() }),
          };
          const planned = plan(overrides, {
            bump,
            ...(hasImage && { image: repository }),
          });
          const read = JSON.parse(JSON.stringify(planned));
          expect(read).toStrictEqual(planned);
          expect(releasePlanSchema.parse(read)).toStrictEqual(planned);
          expect(planHash(read.decides)).toBe(planHash(planned.decides));
          expect(
            planHash(
              plan(overrides, { bump, ...(hasImage && { image: repository }) })
                .decides,
            ),
          ).toBe(planHash(planned.decides));
        },
      ),
      { seed },
    );
  });

  it('has another hash where it decides otherwise', () => {
    const hashes = [
      plan(ledger),
      plan(ledger, { date: '2026-11-21' }),
      plan({ ...ledger, base: 'd'.repeat(40) }),
      plan({ ...ledger, image: image() }, { image: repository }),
      plan(ledger, { changelog: 'none' }),
    ].map(({ decides }) => planHash(decides));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(planHash(plan({ ...ledger, warnings: ['x'] }).decides)).toBe(
      hashes[0],
    );
  });
});
