import { isUnknownVersion, latestVersion } from './unknownVersion';

const versions = [
  { version: '0.4.0-rc.1', tag: 'v0.4.0-rc.1', isStable: false },
  { version: '0.3.0', tag: 'v0.3.0', isStable: true },
];
const listed = { versions, total: versions.length };

describe('isUnknownVersion', () => {
  it.each(['9.9.9', 'v9.9.9', '0.3', 'constructor'])('is so of %s', held => {
    expect(isUnknownVersion(held, listed)).toBe(true);
  });

  it.each([undefined, '', 'previous', '0.3.0', 'v0.3.0', 'V0.3.0'])(
    'is not so of %j',
    held => {
      expect(isUnknownVersion(held, listed)).toBe(false);
    },
  );
});

describe('isUnknownVersion, where more are there than are listed', () => {
  it('is never so', () => {
    expect(isUnknownVersion('9.9.9', { versions, total: 3 })).toBe(false);
  });
});

describe('latestVersion', () => {
  it('is the newest one that is no pre-release, else the newest', () => {
    expect(latestVersion(listed)).toBe('0.3.0');
    expect(latestVersion({ versions: versions.slice(0, 1) })).toBe(
      '0.4.0-rc.1',
    );
    expect(latestVersion({ versions: [] })).toBeUndefined();
  });
});
