import { environmentAnchor, environmentInHash } from './environmentAnchor';

describe('environmentInHash', () => {
  it('is the card of the environment that the address names', () => {
    expect(environmentInHash('#staging')).toBe(environmentAnchor('staging'));
    expect(environmentInHash('#eu%201')).toBe(environmentAnchor('eu 1'));
  });

  it.each(['', '#', '#%'])('is empty for %p', hash => {
    expect(environmentInHash(hash)).toBe('');
  });
});
