import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [12_288, '12 kB'],
    [2_634_752, '2.6 MB'],
    [170_000_000, '170 MB'],
    [3_250_000_000, '3.3 GB'],
    [5e15, '5,000 TB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
