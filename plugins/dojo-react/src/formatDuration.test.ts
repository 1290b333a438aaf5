import { formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [31.6, '32 ms'],
    [999.4, '999 ms'],
    [1_240, '1.2 sec'],
    [59_900, '59.9 sec'],
    [60_000, '1 min'],
    [600_000, '10 min'],
    [125_400, '2 min 5 sec'],
  ])('writes %d as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
