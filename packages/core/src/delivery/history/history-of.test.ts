import { brokenStaging, ledgerReleases } from '../__testUtils__/ledger-world';
import {
  ago,
  developer,
  landing,
  owner,
  release,
  sampleFacts,
  sampleRules,
  sha,
} from '../__testUtils__/sample-facts';
import type { ComponentFacts } from '../facts';
import { historyOf } from './history-of';

const history = (facts: ComponentFacts) => historyOf(facts, sampleRules());
const sentences = (facts: ComponentFacts) =>
  history(facts).map(({ sentence }) => sentence);

describe('historyOf', () => {
  it('tells releases, landings and rejections, newest first', () => {
    const facts = brokenStaging();
    const all = sentences(facts);
    expect(all.slice(0, 4)).toEqual([
      'staging: 0.4.1 failed: exits at start.',
      '0.4.1 landed in dev by owner.',
      '0.4.1 released by owner: 1 fix.',
      '0.4.0 landed in staging by owner.',
    ]);
    expect(all).toContain(
      '0.4.0 released by owner: 1 breaking, 2 features, 2 fixes, 1 performance.',
    );
    const times = history(facts).map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('has natural ids', () => {
    const at = ago({ days: 1 });
    const facts = sampleFacts({
      releases: [
        release('0.4.1', {
          rejected: { by: developer, at, reason: 'wrong time zone value' },
        }),
      ],
      landings: [landing('dev', '0.4.1', { commit: sha('landed') })],
      databases: {
        dev: {
          level: { kind: 'level', at: '0002_b' },
          applied: [
            {
              id: '0001_a',
              at,
              planHash: 'p1',
              downtimeMs: 1100,
              durationMs: 20,
            },
            {
              id: '0002_b',
              at,
              planHash: 'p1',
              downtimeMs: 1100,
              durationMs: 30,
            },
          ],
          restores: [{ backup: 'b1', at, to: '0002_b' }],
        },
      },
      failures: [
        {
          id: '7',
          at,
          verb: 'migration',
          environment: 'dev',
          error: { message: '0016_rates.sql line 9 failed its check: 3 rows.' },
        },
      ],
    });
    expect(
      history(facts)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([
      `deployment:${sha('landed')}`,
      `migration:dev:0001_a@${at}`,
      'rejection:v0.4.1',
      'release:v0.4.1',
      'restore:dev:b1',
      'task:7',
    ]);
    expect(sentences(facts)).toEqual(
      expect.arrayContaining([
        '0.4.1 rejected by developer: wrong time zone value.',
        'dev database migrated to 0002: 2 migrations. Writes were blocked for 1.1 s.',
        'dev database restored to 0002.',
        'A migration of dev failed: 0016_rates.sql line 9 failed its check: 3 rows.',
      ]),
    );
    expect(
      history(facts).find(({ kind }) => kind === 'migration'),
    ).toMatchObject({
      to: '0002_b',
      applied: ['0001_a', '0002_b'],
      durationMs: 50,
      downtimeMs: 1100,
    });
  });

  it('keeps two environments of one commit apart', () => {
    const shared = { commit: sha('both') };
    const facts = sampleFacts({
      landings: [
        landing('dev', '0.1.0', shared),
        landing('staging', '0.1.0', shared),
      ],
    });
    expect(
      history(facts)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([
      `deployment:${sha('both')}:dev`,
      `deployment:${sha('both')}:staging`,
    ]);
  });

  it('says of a failure that names its environment nothing twice', () => {
    const message =
      'dev: 0016_rates.sql line 9 failed its check: 3 rows. The database is unchanged, at 0015.';
    const facts = sampleFacts({
      failures: [
        {
          id: '7',
          at: '2026-11-29T10:00:00.000Z',
          verb: 'migration',
          environment: 'dev',
          error: { message },
        },
      ],
    });
    expect(sentences(facts)).toEqual([message]);
  });

  it('tells what an agent started, with the task that did it', () => {
    const failed = (id: string, via?: 'agent') => ({
      id,
      at: '2026-11-29T10:00:00.000Z',
      verb: 'release' as const,
      error: { message: 'main moved' },
      ...(via && { via }),
    });
    const facts = {
      ...sampleFacts({
        releases: [
          release('0.4.1', { run: 'task:1' }),
          release('0.4.0', { run: 'task:2' }),
        ],
        failures: [failed('task:3', 'agent'), failed('task:4')],
      }),
      ended: [
        { id: 'task:1', planHashes: ['r1'], via: 'agent' as const },
        { id: 'task:2', planHashes: ['r2'] },
      ],
    };
    expect(
      history(facts)
        .map(({ run, via }) => `${run} ${via}`)
        .sort(),
    ).toEqual([
      'task:1 agent',
      'task:2 undefined',
      'task:3 agent',
      'task:4 undefined',
    ]);
  });

  it('keeps what a restore took away, where it was seen before', () => {
    const row = (id: string, hour: number, more: object = {}) => ({
      id,
      at: `2026-11-29T1${hour}:00:00.000Z`,
      ...more,
    });
    const facts = sampleFacts({
      databases: {
        dev: {
          level: { kind: 'level', at: '0016_rates' },
          applied: [
            row('0015_integrity', 0),
            row('0016_rates', 4),
            row('0016_rates', 1, { undone: true }),
          ],
          restores: [
            {
              backup: 'b',
              at: '2026-11-29T12:00:00.000Z',
              to: '0015_integrity',
            },
          ],
        },
      },
    });
    expect(
      history(facts).map(entry => [
        entry.sentence,
        entry.kind === 'migration' && entry.undone === true,
      ]),
    ).toEqual([
      ['dev database migrated 0015 -> 0016: 1 migration.', false],
      ['dev database restored to 0015.', false],
      [
        'dev database migrated 0015 -> 0016: 1 migration; a restore took it back.',
        true,
      ],
      ['dev database migrated to 0015: 1 migration.', false],
    ]);
  });

  it('marks what a restore took away', () => {
    const facts = sampleFacts({
      databases: {
        dev: {
          level: { kind: 'level', at: '0015_a' },
          applied: [
            { id: '0015_a', at: ago({ days: 3 }) },
            { id: '0016_b', at: ago({ days: 2 }) },
          ],
          restores: [{ backup: 'b', at: ago({ days: 1 }), to: '0015_a' }],
        },
      },
    });
    const undone = history(facts).flatMap(entry =>
      entry.kind === 'migration' ? [[entry.to, entry.undone]] : [],
    );
    expect(undone).toEqual([
      ['0016_b', true],
      ['0015_a', undefined],
    ]);
  });

  describe('when a version lands', () => {
    const changes = (facts: ComponentFacts) =>
      history(facts).flatMap(entry =>
        entry.kind === 'deployment' && entry.environment === 'production'
          ? [[entry.version, entry.change, entry.previous]]
          : [],
      );
    const line = (...versions: string[]) =>
      sampleFacts({
        releases: [
          ledgerReleases[1],
          release('0.3.1', { previous: '0.3.0' }),
          ...ledgerReleases.slice(2),
        ],
        landings: versions
          .map((version, at) =>
            landing('production', version, { at: ago({ days: 30 - at }) }),
          )
          .reverse(),
      });

    it('knows a rollback by where it leads', () => {
      expect(
        changes(line('0.3.0', '0.4.0', '0.3.0', '0.4.0', '0.3.1')),
      ).toEqual([
        ['0.3.1', 'version', '0.4.0'],
        ['0.4.0', 'version', '0.3.0'],
        ['0.3.0', 'rollback', '0.4.0'],
        ['0.4.0', 'version', '0.3.0'],
        ['0.3.0', 'first', undefined],
      ]);
      // Never here before, and held by what it replaces.
      expect(changes(line('0.4.0', '0.2.0'))[0][1]).toBe('rollback');
    });

    it('knows a change of the configuration, a rollback by its message, and a removal', () => {
      const facts = sampleFacts({
        releases: ledgerReleases,
        landings: [
          landing('production', '0.3.0', { at: ago({ days: 1 }) }),
          landing('production', '0.3.0', {
            at: ago({ days: 2 }),
            base: undefined,
            version: undefined,
            removed: true,
          }),
          landing('production', '0.4.1', {
            at: ago({ days: 3 }),
            rollback: true,
          }),
          landing('production', '0.4.0', { at: ago({ days: 4 }) }),
          landing('production', '0.4.0', { at: ago({ days: 5 }) }),
        ],
      });
      expect(changes(facts).map(([, change]) => change)).toEqual([
        'first',
        'removed',
        'rollback',
        'configuration',
        'first',
      ]);
    });

    it('says who asked for it and who merged it', () => {
      const of = (people: Parameters<typeof landing>[2]) =>
        history(
          sampleFacts({ landings: [landing('production', '0.4.0', people)] }),
        )[0];
      expect(
        of({ requestedBy: owner, mergedBy: developer }).sentence,
      ).toContain('requested by owner, merged by developer');
      expect(
        of({ requestedBy: owner, mergedBy: developer }),
      ).not.toHaveProperty('sameHand');
      for (const people of [
        { requestedBy: owner, mergedBy: owner },
        { requestedBy: owner, by: { name: 'owner' } },
      ]) {
        expect(of(people)).toMatchObject({
          sameHand: true,
          sentence: expect.stringContaining(
            'merged by owner, who requested it',
          ),
        });
      }
    });

    it("is nobody's fault to land it alone where nobody else has to", () => {
      const [entry] = history(
        sampleFacts({
          landings: [landing('dev', '0.4.0', { requestedBy: owner })],
        }),
      );
      expect(entry).not.toHaveProperty('sameHand');
    });

    it('tells how the newest one came up by its cluster', () => {
      const [entry] = history(brokenStaging());
      expect(entry).toMatchObject({
        outcome: {
          kind: 'failed',
          code: 'CRASH_LOOP',
          sentence: 'exits at start',
        },
        afterMs: 240_000,
      });
    });

    it('tells a rollback and by whom', () => {
      const facts = sampleFacts({
        landings: [
          landing('staging', '0.4.0', { rollback: true, by: developer }),
          landing('staging', '0.4.1', { at: ago({ days: 1 }) }),
        ],
      });
      expect(sentences(facts)[0]).toBe(
        'staging rolled back to 0.4.0 by developer.',
      );
    });
  });

  it('tells what waits', () => {
    const facts = sampleFacts({
      infra: {
        waiting: {
          production: {
            version: 'v0.4.0',
            kind: 'merge',
            since: ago({ minutes: 1 }),
            requestedBy: owner,
            planHash: 'abc',
          },
        },
      },
    });
    expect(history(facts)).toEqual([
      expect.objectContaining({
        id: 'waiting:production:abc',
        outcome: { kind: 'waiting' },
        version: '0.4.0',
        sentence:
          'v0.4.0 for production waits for a merge, requested by owner.',
      }),
    ]);
  });

  it('tells a moved tag', () => {
    const facts = sampleFacts({
      releases: [release('0.2.0', { moved: { from: sha('a'), to: sha('b') } })],
    });
    expect(sentences(facts)[0]).toMatch(
      /v0\.2\.0 was moved from .*…; it is not/,
    );
  });
});
