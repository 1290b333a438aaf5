import { parseDuration } from './parse-duration';

describe('parseDuration', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['10m', 600],
    ['1h30m', 5_400],
    ['soon', NaN],
    ['-1s', NaN],
    ['1d', NaN],
    ['', NaN],
    ['1.5h', NaN],
  ])('reads %j as %d', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});
