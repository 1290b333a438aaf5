import { bareName, isBelow } from './versionOrder';

describe('isBelow', () => {
  it.each([
    ['v0.3.1', 'v0.4.0', true],
    ['v0.10.0', 'v0.9.9', false],
    ['v1.0.0-rc.1', 'v1.0.0', true],
    ['v1.0.0', 'v1.0.0', false],
    ['ledger/v0.3.0', 'ledger/v0.4.0', true],
    ['a41d9e2', 'v0.4.0', false],
  ])('of %s and %s: %s', (version, other, expected) => {
    expect(isBelow(version, other)).toBe(expected);
  });
});

describe('bareName', () => {
  it.each([
    ['v0.4.0', '0.4.0'],
    ['0.4.0', '0.4.0'],
    ['vault', 'vault'],
  ])('of %s is %s', (tag, expected) => {
    expect(bareName(tag)).toBe(expected);
  });
});
