import fc from 'fast-check';
import semver from 'semver';
import { isHighestStable, isStable, selectVersionTags } from './version-tags';

const toTags = (names: readonly string[]) =>
  names.map(name => ({ name, oid: `${name}-tag`, commit: `${name}-commit` }));

describe('selectVersionTags', () => {
  it.each([
    ['nothing', [], 'v', []],
    ['v', ['v1.0.0', 'v1.10.0', 'v1.9.0'], 'v', ['1.10.0', '1.9.0', '1.0.0']],
    ['no prefix', ['0.1.0', '0.2.0'], '', ['0.2.0', '0.1.0']],
    ['the newest one’s prefix', ['v1.0.0', '1.1.0'], '', ['1.1.0']],
    [
      'a name',
      ['ledger-v1.0.0', 'ledger-v2.0.0'],
      'ledger-v',
      ['2.0.0', '1.0.0'],
    ],
    ['plain before a name', ['chart-9.0.0', 'v1.0.0'], 'v', ['1.0.0']],
    [
      'pre-releases below',
      ['v1.0.0-rc.2', 'v1.0.0', 'v1.0.0-rc.10'],
      'v',
      ['1.0.0', '1.0.0-rc.10', '1.0.0-rc.2'],
    ],
    [
      'no others',
      ['v1', 'v1.2', 'v01.2.3', 'v1.0.0-01', 'latest', 'v1.0.0'],
      'v',
      ['1.0.0'],
    ],
  ])('with tags of %s', (_, names, prefix, versions) => {
    const selected = selectVersionTags(toTags(names));
    expect(selected.prefix).toBe(prefix);
    expect(selected.tags.map(({ version }) => version)).toEqual(versions);
  });

  it('keeps the name and the commit of each tag', () => {
    expect(selectVersionTags(toTags(['v1.0.0'])).tags).toEqual([
      { name: 'v1.0.0', version: '1.0.0', commit: 'v1.0.0-commit' },
    ]);
  });

  it('orders as semver does', () => {
    const part = fc.integer({ min: 0, max: 12 });
    const version = fc
      .tuple(
        part,
        part,
        part,
        fc.constantFrom('', '-rc.1', '-rc.10', '-a', '+b'),
      )
      .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest}`);
    fc.assert(
      fc.property(fc.uniqueArray(version), versions => {
        const { tags } = selectVersionTags(
          toTags(versions.map(name => `v${name}`)),
        );
        expect(tags.map(tag => tag.version)).toEqual(
          [...versions].sort(semver.compareBuild).reverse(),
        );
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe('isStable', () => {
  it.each(['1.0.0', '0.3.0', '1.1.0+a-b', '1.1.0+build.7'])(
    'takes %s for stable',
    version => expect(isStable(version)).toBe(true),
  );
  it.each(['1.0.0-rc.1', '1.0.0-0', '1.0.0-rc.1+a'])(
    'takes %s for a pre-release',
    version => expect(isStable(version)).toBe(false),
  );
});

describe('isHighestStable', () => {
  const tags = ['2.0.0-rc.1', '1.1.0', '1.0.5'].map(version => ({ version }));

  it.each([
    ['1.2.0', true],
    ['1.1.0', true],
    ['1.0.6', false],
    ['2.0.0-rc.2', false],
    ['1.2.0+a-b', true],
  ])('says of %s: %s', (version, expected) => {
    expect(isHighestStable(version, tags)).toBe(expected);
  });
});
