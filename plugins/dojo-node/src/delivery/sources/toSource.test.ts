import fc from 'fast-check';
import {
  longestBackoffMs,
  nextReadingIn,
  SourceKind,
  sourceIntervals,
} from './sourceIntervals';
import { toSource } from './toSource';

const read = new Date('2026-11-29T12:00:00.000Z');
const after = (milliseconds: number) => new Date(read.getTime() + milliseconds);
const asOf = read.getTime();
const mark = { source: 'x', asOf, nextAt: asOf + 1, failures: 0 };
const error = { code: 'GIT_DENIED', kind: 'denied', message: 'no' } as const;

describe('toSource', () => {
  it.each([
    ['loading', undefined, 0],
    ['loading', { ...mark, asOf: undefined }, 0],
    ['failed', { ...mark, asOf: undefined, failures: 1, error }, 0],
    ['current', mark, 60_000],
    ['current', { ...mark, failures: 1, error }, 60_000],
    ['late', mark, 60_001],
    ['late', { ...mark, failures: 9, error }, 600_000],
    ['current', { ...mark, failures: 1, error }, 0],
    ['late', { ...mark, failures: 2, error }, 0],
  ] as const)('is %s for %j after %d ms', (state, known, milliseconds) => {
    const source = toSource('infra', 'infra', known, after(milliseconds));
    expect(source.state).toBe(state);
    expect('error' in source).toBe(known !== undefined && 'error' in known);
    expect(source.asOf).toBe(
      known?.asOf === undefined ? undefined : read.toISOString(),
    );
  });
});

describe('toSource of a cluster', () => {
  const silent = {
    code: 'LIVE_CLUSTER_SILENT',
    kind: 'unavailable',
    message: "staging's cluster does not answer: connection refused",
  } as const;
  const of = (message: string) =>
    toSource(
      'cluster:staging',
      'cluster',
      { ...mark, failures: 1, error: { ...silent, message } },
      after(31_000),
    );

  it('is late with the first failure, since a watch tries again by itself', () => {
    expect(of(silent.message)).toMatchObject({
      state: 'late',
      asOf: read.toISOString(),
    });
  });

  it('says why, and leaves it to others to say of what', () => {
    expect(of(silent.message).error?.message).toBe('connection refused');
    const whole = 'The portal may not read staging (token expired).';
    expect(of(whole).error?.message).toBe(whole);
  });
});

describe('nextReadingIn', () => {
  it('is within a fifth of the interval for repositories, and at most ten minutes for what fails', () => {
    const kinds = Object.keys(sourceIntervals) as SourceKind[];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (kind, failures, chance) => {
          const interval = sourceIntervals[kind];
          const next = nextReadingIn(kind, failures, chance);
          const spread = kind === 'repository' ? interval * 0.2 + 1 : 0;
          const first = kind === 'cluster' ? 10_000 : interval;
          const [least, most] =
            failures > 0
              ? [Math.min(first, longestBackoffMs), longestBackoffMs]
              : [interval - spread, interval + spread];
          expect(next).toBeGreaterThanOrEqual(least);
          expect(next).toBeLessThanOrEqual(most);
        },
      ),
      { seed: 1414 },
    );
  });

  it('asks for a cluster that was away from 10 s to a minute later', () => {
    expect(
      [1, 2, 3, 4, 99].map(count => nextReadingIn('cluster', count, 0)),
    ).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('doubles with each failure', () => {
    expect([1, 2, 3, 9].map(count => nextReadingIn('infra', count, 0))).toEqual(
      [30_000, 60_000, 120_000, 600_000],
    );
  });
});
