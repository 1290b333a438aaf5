import { shortHash } from './shortHash';

describe('shortHash', () => {
  it('is what git shows', () => {
    expect(shortHash('a41d9e2'.padEnd(40, '0'))).toBe('a41d9e2');
  });
});
