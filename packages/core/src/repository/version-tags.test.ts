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
    [
      'two spellings, with the newest one’s prefix',
      ['v1.0.0', '1.1.0'],
      '',
      ['1.1.0', '1.0.0'],
    ],
    ['@scope/web@', ['@acme/web@1.2.0'], '@acme/web@', ['1.2.0']],
    [
      'pre-releases as Python spells them',
      ['v1.3.0rc1', 'v1.3.0.RC2', 'v1.3.0b3', 'v1.3.0.dev4', 'v1.2.0'],
      'v',
      ['1.3.0-rc.2', '1.3.0-rc.1', '1.3.0-dev.4', '1.3.0-beta.3', '1.2.0'],
    ],
    [
      'pre-releases that look like a prefix',
      ['v1.0.0-1.2.3', 'v0.9.0'],
      'v',
      ['1.0.0-1.2.3', '0.9.0'],
    ],
    [
      'two numbers alone',
      ['v0.6', 'v0.62', 'v0.63'],
      'v',
      ['0.63.0', '0.62.0', '0.6.0'],
    ],
    ['two numbers beside three', ['v0.6.0', 'v0.7'], 'v', ['0.6.0']],
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

  const lines = ['api-v1.2.0', 'api-1.1.0', 'web-v7.0.1', 'services/db/v3.0.0'];

  it.each([
    [{ tagPrefix: 'api-v' }, 'api-v', ['1.2.0']],
    [{ tagPrefix: 'web-v' }, 'web-v', ['7.0.1']],
    [{ tagPrefix: 'v' }, 'v', []],
    [{ tagPrefix: 'release' }, 'release', ['4.0.0']],
    [{ path: 'api' }, 'api-v', ['1.2.0', '1.1.0']],
    [{ path: 'packages/web' }, 'web-v', ['7.0.1']],
    [{ path: 'services/db' }, 'services/db/v', ['3.0.0']],
    [{ path: 'packages/new' }, 'new-v', []],
  ])('takes the line that %j names', (choice, prefix, versions) => {
    const tags = toTags([...lines, 'release4.0.0', 'release-notes']);
    const selected = selectVersionTags(tags, choice);
    expect(selected.prefix).toBe(prefix);
    expect(selected.tags.map(({ version }) => version)).toEqual(versions);
    expect(selected.isAmbiguous).toBe(false);
  });

  it('takes none of several lines that nobody chose between', () => {
    expect(selectVersionTags(toTags(lines))).toMatchObject({
      isAmbiguous: true,
      tags: [],
      others: ['web-v7.0.1', 'services/db/v3.0.0', 'api-v1.2.0'],
    });
    expect(
      selectVersionTags(toTags(['api-v1.0.0', 'other/api-v1.0.0']), {
        path: 'api',
      }),
    ).toMatchObject({ isAmbiguous: false, prefix: 'api-v' });
    expect(
      selectVersionTags(toTags(['a/api-v1.0.0', 'b/api-v1.0.0']), {
        path: 'services/api',
      }),
    ).toMatchObject({ isAmbiguous: true });
  });

  it.each<[string, string[], string[], boolean]>([
    ['four numbers', ['v1.0.0', 'v1.2.3.4'], ['v1.2.3.4'], true],
    ['leading zeros', ['2024.01.05', '1.0.0'], ['2024.01.05'], true],
    ['two numbers above', ['v0.50.0', 'v0.63'], ['v0.63'], true],
    [
      'old ones below',
      ['v1.0.0', 'v0.9', 'v0.8.beta'],
      ['v0.9', 'v0.8.beta'],
      false,
    ],
    ['none of those that follow', ['v1.4.2', 'v1.4', 'v1'], [], false],
    ['a bare number', ['v1.4.2', 'v2'], ['v2'], false],
    ['post-releases', ['v1.0.0', 'v1.0.0.post1'], ['v1.0.0.post1'], false],
    [
      'nothing else',
      ['v1.0.0', 'latest', 'build-17', '20240105', 'x-2.0'],
      [],
      false,
    ],
    ['any where none is read', ['docs-1.5', 'x'], ['docs-1.5'], true],
  ])(
    'names what looks like a version: %s',
    (_, names, unread, isUnreadAbove) => {
      expect(selectVersionTags(toTags(names))).toMatchObject({
        unread,
        isUnreadAbove,
      });
    },
  );

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
