import { preciseSpan } from './preciseSpan';

describe('preciseSpan', () => {
  it.each([
    [0, '0 s'],
    [9_400, '9 s'],
    [60_000, '1 min'],
    [192_000, '3 min 12 s'],
    [3_600_000, '1 h'],
    [7_530_000, '2 h 5 min'],
    [-5, '0 s'],
  ])('says %d ms as %s', (milliseconds, said) => {
    expect(preciseSpan(milliseconds)).toBe(said);
  });
});
