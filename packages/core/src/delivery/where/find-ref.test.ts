import { brokenStaging, ledgerReleases } from '../__testUtils__/ledger-world';
import {
  ago,
  commit,
  healthy,
  landing,
  line,
  next,
  now,
  release,
  sampleFacts,
  sampleRules,
  waitingCommit,
} from '../__testUtils__/sample-facts';
import type { ComponentFacts } from '../facts';
import { checkRef } from './check-ref';
import { findRef } from './find-ref';

/** Story 12: after 0.4.0 landed in production. */
const facts = () =>
  sampleFacts({
    releases: ledgerReleases.slice(1),
    lines: [
      line({
        count: 1,
        counting: 1,
        next: next('0.5.0'),
        commits: [
          waitingCommit('feat: later', {
            pr: { number: 52, url: 'https://forge.example/52' },
          }),
        ],
      }),
    ],
    landings: [
      landing('production', '0.4.0', { at: '2026-11-27T10:41:00.000Z' }),
      landing('staging', '0.4.0', { at: '2026-11-27T09:11:00.000Z' }),
      landing('dev', '0.3.0', { at: ago({ days: 9 }) }),
    ],
    clusters: {
      dev: healthy('0.3.0'),
      staging: healthy('0.4.0', {
        running: {
          kind: 'version',
          version: '0.4.0',
          since: '2026-11-27T09:12:00.000Z',
          ready: 1,
          of: 1,
        },
      }),
    },
  });
const find = (ref: string, of: ComponentFacts = facts()) =>
  findRef(of, sampleRules(), ref, now);

describe('findRef', () => {
  it.each(['29', '#29', ' #29 '])('finds the pull request %j', ref => {
    expect(find(ref)).toEqual({
      kind: 'in',
      release: '0.4.0',
      sentence:
        '#29 is in 0.4.0: in staging since 09:12, landed in production 10:41 (not observed there).',
      environments: [
        { name: 'dev', contains: false },
        { name: 'staging', contains: true, since: '2026-11-27T09:12:00.000Z' },
        {
          name: 'production',
          contains: true,
          since: '2026-11-27T10:41:00.000Z',
        },
      ],
    });
  });

  it('finds a commit by the first digits of it', () => {
    const { sha } = commit('feat: payees');
    expect(find(sha.slice(0, 7))).toMatchObject({
      kind: 'in',
      release: '0.4.0',
    });
    expect(find(sha.toUpperCase())).toMatchObject({
      kind: 'in',
      release: '0.4.0',
    });
  });

  it('says what took a change back before its release', () => {
    const revert = commit('revert: tags').sha;
    expect(find('35')).toEqual({
      kind: 'reverted',
      by: revert,
      sentence: `#35 was reverted by ${revert.slice(
        0,
        7,
      )} before 0.4.0; it runs nowhere.`,
    });
  });

  it('does not find it any more in what a later version took back', () => {
    const reverted = facts();
    const releases = [
      release('0.4.1', {
        previous: '0.4.0',
        commits: [
          commit('revert: budgets', { reverts: commit('feat: budgets').sha }),
        ],
      }),
      ...ledgerReleases.slice(1),
    ];
    const answer = find('29', {
      ...reverted,
      repository: sampleFacts({ releases }).repository,
      clusters: { ...reverted.clusters, dev: healthy('0.4.1') },
    });
    expect(answer).toMatchObject({
      environments: [
        { name: 'dev', contains: false },
        { name: 'staging', contains: true },
        { name: 'production', contains: true },
      ],
    });
  });

  it('finds what waits for a release', () => {
    expect(find('52')).toEqual({
      kind: 'unreleased',
      branch: 'main',
      next: '0.5.0',
      sentence: '#52 is on main, not released. Next: 0.5.0.',
      url: 'https://forge.example/52',
    });
  });

  it.each(['0.4.0', 'v0.4.0'])('finds the version %s', ref => {
    expect(find(ref)).toMatchObject({
      kind: 'in',
      release: '0.4.0',
      sentence:
        '0.4.0: in staging since 09:12, landed in production 10:41 (not observed there).',
    });
  });

  it('says since when it knows', () => {
    expect(find('99')).toEqual({
      kind: 'not-found',
      since: '0.1.0',
      sentence:
        '#99: no such commit or pull request in what is known (since 0.1.0).',
    });
    expect(find('9.9.9')).toMatchObject({
      sentence: '9.9.9: no such version in what is known (since 0.1.0).',
    });
    expect(find('9.9.9', sampleFacts())).toEqual({
      kind: 'not-found',
      sentence: '9.9.9: no such version in what is known.',
    });
  });

  it('knows nothing of an environment whose cluster never answered', () => {
    expect(find('29', { ...facts(), clusters: {} })).toMatchObject({
      sentence:
        '#29 is in 0.4.0: landed in production 10:41 (not observed there), not known of dev and staging.',
      environments: [
        { contains: 'unknown' },
        { contains: 'unknown' },
        { contains: true },
      ],
    });
  });

  it('says the day where it is another one, and that nothing runs it', () => {
    expect(find('0.3.0', facts())).toMatchObject({
      sentence: expect.stringContaining('in dev since 12:05'),
    });
    expect(find('0.4.1', brokenStaging())).toMatchObject({
      sentence: '0.4.1: in dev since 12:05.',
    });
    const old = findRef(
      facts(),
      sampleRules(),
      '29',
      new Date('2026-11-28T08:00:00Z'),
    );
    expect(old).toMatchObject({
      sentence: expect.stringContaining('since 27 Nov 09:12'),
    });
    expect(
      find('0.3.0', sampleFacts({ releases: ledgerReleases })),
    ).toMatchObject({
      sentence: '0.3.0: it runs nowhere.',
    });
  });
});

describe('checkRef', () => {
  it.each(['a41d9e', 'abc', '12ab'])('refuses %s', ref => {
    expect(() => checkRef(ref)).toThrow(
      'Give at least 7 digits of the commit.',
    );
  });

  it.each(['123456', '#29', 'a41d9e2', '0.4.0', 'v1'])('takes %s', ref => {
    expect(checkRef(` ${ref} `)).toBe(ref);
  });
});
