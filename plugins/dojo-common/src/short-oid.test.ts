import { shortOid } from './short-oid';

describe('shortOid', () => {
  it('is what git shows', () => {
    expect(shortOid('a41d9e2'.padEnd(40, '0'))).toBe('a41d9e2');
  });
});
