import type { BumpLevel, ReleaseRequest } from 'backstage-plugin-dojo-common';
import type { VersionLine } from './next-version';
import { nextFree, nextVersion } from './next-version';

type Bump = ReleaseRequest['bump'];

function next(line: Partial<VersionLine>, bump: Bump = 'auto', preid = 'rc') {
  const { level = 'none', levelSinceStable = level } = line;
  return nextVersion({ ...line, level, levelSinceStable }, { bump, preid });
}

const stable = (version: string, level: BumpLevel): Partial<VersionLine> => ({
  newest: version,
  newestStable: version,
  level,
});
const pre = (
  newest: string,
  newestStable: string | undefined,
  levelSinceStable: BumpLevel,
  level = levelSinceStable,
): Partial<VersionLine> => ({
  newest,
  ...(newestStable && { newestStable }),
  level,
  levelSinceStable,
});

describe('nextVersion', () => {
  describe('when the newest version is stable', () => {
    it.each<[string, BumpLevel, string | undefined]>([
      ['1.2.3', 'major', '2.0.0'],
      ['1.2.3', 'minor', '1.3.0'],
      ['1.2.3', 'patch', '1.2.4'],
      ['1.2.3', 'none', undefined],
      ['0.3.1', 'major', '0.4.0'],
      ['0.3.1', 'minor', '0.4.0'],
      ['0.3.1', 'patch', '0.3.2'],
      ['0.0.0', 'patch', '0.0.1'],
      ['1.2.3+5', 'patch', '1.2.4'],
    ])('auto takes %s with %s to %s', (version, level, expected) => {
      expect(next(stable(version, level))).toBe(expected);
    });

    it.each<[string, Bump, string]>([
      ['0.3.1', 'major', '1.0.0'],
      ['0.3.1', '1.0.0', '1.0.0'],
      ['1.2.3', 'minor', '1.3.0'],
      ['1.2.3', 'patch', '1.2.4'],
      ['1.2.3', '1.2.4-rc.7', '1.2.4-rc.7'],
      ['1.2.3', '7.0.0+build', '7.0.0+build'],
    ])(
      'takes %s by name (%s) to %s, whatever the commits say',
      (version, bump, expected) => {
        expect(next(stable(version, 'none'), bump)).toBe(expected);
      },
    );

    it.each<[string, BumpLevel, string]>([
      ['1.2.3', 'major', '2.0.0-rc.1'],
      ['1.2.3', 'minor', '1.3.0-rc.1'],
      ['1.2.3', 'patch', '1.2.4-rc.1'],
      ['1.2.3', 'none', '1.2.4-rc.1'],
      ['0.3.1', 'major', '0.4.0-rc.1'],
    ])('prerelease takes %s with %s to %s', (version, level, expected) => {
      expect(next(stable(version, level), 'prerelease')).toBe(expected);
    });
  });

  describe('when the newest version is a pre-release', () => {
    it.each<[string, string | undefined, BumpLevel, string]>([
      ['1.3.0-rc.1', '1.2.3', 'minor', '1.3.0-rc.2'],
      ['1.3.0-rc.9', '1.2.3', 'patch', '1.3.0-rc.10'],
      ['1.3.0-rc.1', '1.2.3', 'none', '1.3.0-rc.2'],
      ['1.2.4-rc.3', '1.2.3', 'minor', '1.3.0-rc.1'],
      ['1.3.0-rc.2', '1.2.3', 'major', '2.0.0-rc.1'],
      ['0.4.0-rc.1', '0.3.0', 'major', '0.4.0-rc.2'],
      ['0.1.0-rc.1', undefined, 'major', '0.1.0-rc.2'],
      ['1.1.0-rc.1', undefined, 'minor', '1.1.0-rc.2'],
      ['1.1.0-rc.1', undefined, 'major', '2.0.0-rc.1'],
      ['1.3.0-beta.4', '1.2.3', 'minor', '1.3.0-rc.1'],
      ['1.3.0-next', '1.2.3', 'minor', '1.3.0-rc.1'],
    ])(
      'prerelease takes %s (stable %s, %s) to %s',
      (newest, last, level, expected) => {
        expect(next(pre(newest, last, level), 'prerelease')).toBe(expected);
      },
    );

    it.each<[string, string | undefined, BumpLevel, string]>([
      ['1.3.0-rc.1', '1.2.3', 'patch', '1.3.0'],
      ['1.3.0-rc.1', '1.2.3', 'minor', '1.3.0'],
      ['1.2.4-rc.1', '1.2.3', 'minor', '1.3.0'],
      ['1.3.0-rc.1', '1.2.3', 'major', '2.0.0'],
      ['0.4.0-rc.1', '0.3.0', 'major', '0.4.0'],
      ['0.1.0-rc.1', undefined, 'major', '0.1.0'],
      ['1.1.0-rc.1', undefined, 'patch', '1.1.0'],
      ['1.1.0-rc.1', undefined, 'minor', '1.1.0'],
      ['1.1.0-rc.1', undefined, 'major', '2.0.0'],
    ])(
      'auto takes %s (stable %s, %s) to %s',
      (newest, last, level, expected) => {
        expect(next(pre(newest, last, level))).toBe(expected);
      },
    );

    it('goes on with a first pre-release, whatever led to it', () => {
      expect(
        next(pre('1.2.3-rc.1', undefined, 'minor', 'patch'), 'prerelease'),
      ).toBe('1.2.3-rc.2');
    });

    it('auto waits for a commit that counts', () => {
      expect(next(pre('1.3.0-rc.1', '1.2.3', 'minor', 'none'))).toBeUndefined();
    });

    it.each<[Bump, string]>([
      ['patch', '1.3.0'],
      ['minor', '1.3.0'],
      ['major', '2.0.0'],
      ['1.3.0', '1.3.0'],
    ])('makes it stable by name (%s)', (bump, expected) => {
      expect(next(pre('1.3.0-rc.1', '1.2.3', 'none'), bump)).toBe(expected);
    });

    it.each(['alpha', 'beta'])(
      'refuses %s after rc on the same base',
      preid => {
        expect(() =>
          next(pre('1.3.0-rc.1', '1.2.3', 'minor'), 'prerelease', preid),
        ).toThrow(
          expect.objectContaining({
            code: 'RELEASE_VERSION_NOT_ABOVE',
            kind: 'refused',
          }),
        );
      },
    );
  });

  describe('when there is no version yet', () => {
    it.each<[string | undefined, Bump, string]>([
      [undefined, 'auto', '0.1.0'],
      ['0.0.0', 'auto', '0.1.0'],
      ['1.4.0', 'auto', '1.4.0'],
      ['1.0.0-beta.2', 'auto', '1.0.0-beta.2'],
      [undefined, 'minor', '0.1.0'],
      [undefined, 'patch', '0.1.0'],
      [undefined, 'major', '1.0.0'],
      ['2.3.0', 'major', '2.3.0'],
      [undefined, 'prerelease', '0.1.0-rc.1'],
      ['1.0.0-beta.2', 'prerelease', '1.0.0-beta.2'],
      [undefined, '3.0.0', '3.0.0'],
    ])('a file at %s and %s give %s', (fileVersion, bump, expected) => {
      expect(
        next({ ...(fileVersion && { fileVersion }), level: 'patch' }, bump),
      ).toBe(expected);
    });

    it('auto waits for a commit that counts', () => {
      expect(next({ fileVersion: '1.4.0' })).toBeUndefined();
    });
  });

  it.each(['1.2.3', '1.2.2', '1.2.3-rc.1', '1.2.3+build'])(
    'refuses %s after 1.2.3',
    bump => {
      expect(() => next(stable('1.2.3', 'patch'), bump)).toThrow(
        `${bump} is not above 1.2.3`,
      );
    },
  );
});

describe('nextFree', () => {
  it.each<[string, string[], string]>([
    ['1.2.4', ['1.2.4', '1.2.5'], '1.2.6'],
    ['1.3.0', ['1.3.0'], '1.4.0'],
    ['2.0.0', ['2.0.0', '3.0.0'], '4.0.0'],
    ['1.3.0-rc.2', ['1.3.0-rc.2'], '1.3.0-rc.3'],
    ['1.2.4', [], '1.2.4'],
    ['1.3.0-rc.1', ['1.3.0-rc.1', '1.3.0'], '1.4.0-rc.1'],
    ['1.2.4-beta.1', ['1.2.4', '1.2.5'], '1.2.6-beta.1'],
  ])('of %s with %j taken is %s', (version, taken, expected) => {
    const holderOf = (candidate: string) =>
      taken.find(
        other => other === candidate || candidate.startsWith(`${other}-`),
      );
    expect(nextFree(version, holderOf)).toBe(expected);
  });
});
