import { applySplices } from '../text/apply-splices';
import { maxShownCommits, maxShownText } from './shown-commits';
import type { ReleaseStateOverrides } from './__testUtils__/release-state';
import {
  base,
  observedCommit,
  versionTag,
} from './__testUtils__/release-state';
import {
  digest,
  image,
  ledger,
  mediaType,
  otherDigest,
  plan,
  repository,
  webUrl,
} from './__testUtils__/plan';
import type { Choices } from './__testUtils__/plan';

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
      reason: 'Minor bump (0.3.0 -> 0.4.0): new feature.',
      choices: {
        auto: '0.4.0',
        major: '1.0.0',
        minor: '0.4.0',
        patch: '0.3.1',
        prerelease: '0.4.0-rc.1',
      },
      effects: [
        {
          key: `image bytes ${digest}`,
          text: `Image ${repository}@sha256:9f2c41000000… of commit a41d9e2 is there to be tagged (same bytes, nothing rebuilt)`,
          already: true,
        },
        {
          key: 'refs main + v0.4.0',
          text: 'Push the release commit to main and tag v0.4.0 (atomic)',
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
      ['already-released', { messages: [] }, 'No commits since v0.3.0.'],
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

  describe('when commits are shown', () => {
    const commits = [
      {
        ...observedCommit('a41d9e2', 'feat: carry over last month (#41)'),
        author: 'Ada',
        at: '2026-11-19T10:00:00.000Z',
      },
      observedCommit('e18c4a0', 'Update readme'),
    ];

    it('tells who wrote them, when, and where to read more', () => {
      const { shows } = plan({
        commits,
        page: { kind: 'gitlab', url: 'https://git.test/acme/ledger' },
      });
      expect(shows.commits).toEqual([
        expect.objectContaining({
          author: 'Ada',
          at: '2026-11-19T10:00:00.000Z',
          url: `https://git.test/acme/ledger/-/commit/${commits[0].oid}`,
          pr: {
            number: 41,
            url: 'https://git.test/acme/ledger/-/merge_requests/41',
          },
        }),
        expect.objectContaining({
          url: `https://git.test/acme/ledger/-/commit/${commits[1].oid}`,
        }),
      ]);
      expect(shows.commits[1]).not.toHaveProperty('author');
      expect(shows.compareUrl).toBe(
        `https://git.test/acme/ledger/-/compare/v0.3.0...${base}`,
      );
    });

    it('has no links where the repository has no page, and nothing to compare before a first release', () => {
      const { shows } = plan({ commits });
      expect(shows.commits[0].pr).toEqual({ number: 41 });
      expect(shows.commits[0]).not.toHaveProperty('url');
      expect(shows).not.toHaveProperty('compareUrl');
      expect(
        plan({
          commits,
          newest: undefined,
          page: { kind: 'github', url: webUrl },
        }).shows,
      ).not.toHaveProperty('compareUrl');
    });

    it('compares a stable version with the stable one before it', () => {
      const { shows } = plan(
        {
          commits,
          newest: '0.4.0-rc.1',
          newestStable: '0.3.0',
          earlierCommits: [
            { ...observedCommit('5d20c18', 'fix: x'), author: 'Bob' },
          ],
          page: { kind: 'github', url: webUrl },
        },
        { bump: '0.4.0' },
      );
      expect(shows.compareUrl).toBe(`${webUrl}/compare/v0.3.0...${base}`);
      expect(shows.commits.map(({ author }) => author)).toEqual([
        'Ada',
        undefined,
        'Bob',
      ]);
    });
  });

  it('lists as many commits as there is room for, and counts the rest', () => {
    const messages = Array.from(
      { length: 3_000 },
      (_, index) => `fix: ${index}\n\n${'x'.repeat(2_000)}`,
    );
    const { shows, decides } = plan({ messages }, { changelog: 'none' });
    expect(shows.omittedCommits).toBe(3_000 - shows.commits.length);
    expect(shows.omittedCommits).toBeGreaterThan(500);
    expect(JSON.stringify(shows.commits).length).toBeLessThan(
      maxShownCommits * 1.01,
    );
    expect(shows.warnings).toContain(
      `${shows.omittedCommits} more commits count for this plan, and are not listed in it.`,
    );
    // They count all the same.
    expect(decides.release?.notes).toContain('- 2999 ');
  });

  it('refuses notes that are longer than a tag should carry', () => {
    const messages = Array.from(
      { length: 3_000 },
      () => `fix: ${'x'.repeat(390)}`,
    );
    expect(() => plan({ messages })).toThrow(
      expect.objectContaining({ code: 'RELEASE_NOTES_TOO_LONG' }),
    );
  });

  it('carries no more of a message than a page can show', () => {
    const long = 'x'.repeat(1_000_000);
    const planned = plan({
      messages: [`feat: ${long}\n\n${long}\n\nA: ${long}`],
    });
    expect(JSON.stringify(planned).length).toBeLessThan(6 * maxShownText);
    expect(planned.shows.commits[0].body).toHaveLength(maxShownText);
  });
});
