import fc from 'fast-check';
import { sweepOf } from './sweep';

const points = Array.from({ length: 100 }, (_, at) => at);

describe('sweepOf', () => {
  it('visits every point where all are asked for', () => {
    expect(sweepOf(points, { size: 10, seed: 1, full: true })).toEqual(points);
  });

  it('visits every point where there are no more', () => {
    const few = points.slice(0, 10);
    expect(sweepOf(few, { size: 10, seed: 1, full: false })).toEqual(few);
  });

  it('spreads a sample over all of them', () => {
    expect(sweepOf(points, { size: 10, seed: 3, full: false })).toEqual([
      3, 13, 23, 33, 43, 53, 63, 73, 83, 93,
    ]);
  });

  it('adds what is always visited', () => {
    expect(
      sweepOf(points, {
        size: 4,
        seed: 0,
        full: false,
        always: point => point > 97 || point === 25,
      }),
    ).toEqual([0, 25, 50, 75, 98, 99]);
  });

  it('visits no point twice, and each by some seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 200 }),
        (size, count) => {
          const all = points.concat(points.map(at => at + 100)).slice(0, count);
          const visited = all.flatMap((_, seed) => {
            const some = sweepOf(all, { size, seed, full: false });
            expect(new Set(some).size).toBe(some.length);
            expect(some).toHaveLength(Math.min(size, count));
            return some;
          });
          expect(new Set(visited)).toEqual(new Set(all));
        },
      ),
      { seed: 20261129, numRuns: 200 },
    );
  });
});
