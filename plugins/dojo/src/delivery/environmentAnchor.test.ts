import {
  environmentAnchor,
  environmentHash,
  environmentInHash,
} from './environmentAnchor';

describe('environmentInHash', () => {
  it('is the card of the environment that the address names', () => {
    expect(environmentInHash('#staging')).toBe(environmentAnchor('staging'));
    expect(environmentInHash('#eu%201')).toBe(environmentAnchor('eu 1'));
  });

  it.each(['staging', 'eu 1', 'a/b%#?'])(
    'is found by the address that leads to %p',
    name => {
      expect(environmentInHash(environmentHash(name))).toBe(
        environmentAnchor(name),
      );
    },
  );

  it.each(['', '#', '#%'])('is empty for %p', hash => {
    expect(environmentInHash(hash)).toBe('');
  });
});
