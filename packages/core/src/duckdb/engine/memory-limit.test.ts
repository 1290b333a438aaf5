import { memoryLimit } from './memory-limit';

const gibibyte = 1024 ** 3;

describe('memoryLimit', () => {
  it.each([
    [16 * gibibyte, '12953MiB'],
    [gibibyte, '665MiB'],
    [0.375 * gibibyte, '153MiB'],
    [0.125 * gibibyte, '64MiB'],
  ])('leaves of %d bytes what Node needs', (available, limit) => {
    expect(memoryLimit(available)).toBe(limit);
  });

  it('gives what was asked for, where there is as much', () => {
    expect(memoryLimit(16 * gibibyte, gibibyte)).toBe('1024MiB');
    expect(memoryLimit(gibibyte, 2 * gibibyte)).toBe('665MiB');
    expect(memoryLimit(gibibyte, 1)).toBe('64MiB');
  });
});
