import { formatSpan } from './formatSpan';

describe('formatSpan', () => {
  it.each([
    [0, '0 s'],
    [9_000, '9 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [240_000, '4 min'],
    [59.5 * 60_000, '1 h'],
    [2 * 3_600_000, '2 h'],
    [5_400_000, '1.5 h'],
    [23.99 * 3_600_000, '1 d'],
    [1.9 * 86_400_000, '1.9 d'],
    [42.4 * 86_400_000, '42 d'],
  ])('says %d ms as %s', (milliseconds, text) => {
    expect(formatSpan(milliseconds)).toBe(text);
  });
});
