import { growthOf } from './growth-of';

const each = (...counts: number[]) => {
  const left = [...counts];
  return () => left.shift() ?? counts[counts.length - 1];
};

describe('growthOf', () => {
  it('counts once where the growth is below the bound', () => {
    const shorter = jest.fn(each(10));
    expect(growthOf(shorter, each(30), 4)).toBe(3);
    expect(shorter).toHaveBeenCalledTimes(1);
  });

  it('counts again where some of it was missing', () => {
    expect(growthOf(each(5, 10), each(30), 4)).toBe(3);
  });

  it('stays above the bound where it grows with the square, whatever is missing', () => {
    expect(growthOf(each(10), each(90), 4)).toBe(9);
    expect(growthOf(each(5, 10, 10), each(90, 20, 20), 4)).toBe(9);
    expect(growthOf(each(0), each(0), 4)).toBe(Infinity);
  });
});
