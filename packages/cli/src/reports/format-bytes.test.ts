import { formatBytes } from './format-bytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [12_897_485, '12.3 MiB'],
    [1024 ** 3 - 1, '1.0 GiB'],
    [170 * 1024 ** 2, '170.0 MiB'],
    [5000 * 1024 ** 4, '5000.0 TiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
