import { toNumber } from './quantity';

describe('toNumber', () => {
  it.each([
    ['5Gi', 5 * 2 ** 30],
    ['1.5Ki', 1536],
    ['100m', 0.1],
    ['2', 2],
    ['1e3', 1000],
    ['3E', 3e18],
    ['128M', 128e6],
  ])('reads %s', (quantity, expected) => {
    expect(toNumber(quantity)).toBeCloseTo(expected);
  });
});
