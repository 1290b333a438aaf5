import { toPrintable } from '../to-printable';
import { countSteps } from './count-steps';
import { growthOf } from './growth-of';

describe('growthOf', () => {
  it('is one count by the other, without what is done only once', () => {
    const shorter = jest.fn().mockReturnValueOnce(25).mockReturnValue(10);
    expect(growthOf(shorter, () => 30)).toBe(3);
  });

  it('is without bounds where nothing was counted', () => {
    expect(
      growthOf(
        () => 0,
        () => 0,
      ),
    ).toBe(Infinity);
  });
});

describe('countSteps', () => {
  it('counts the same each time, also once V8 would have made it faster', () => {
    const count = () =>
      countSteps('/src/text/', () => {
        for (let at = 0; at < 3_000; at++) toPrintable(`a\u001b${at}`);
      });
    count();
    const counts = Array.from({ length: 10 }, count);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(3_000);
  });

  it('tells the square from the line', () => {
    const square = (length: number) => () =>
      countSteps('/src/text/', () => {
        const list = Array.from({ length }, () => 0);
        list.forEach(() => list.slice());
      });
    expect(growthOf(square(100), square(200))).toBeGreaterThan(3.9);
  });
});
