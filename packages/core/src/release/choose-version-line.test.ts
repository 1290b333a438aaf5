import { chooseVersionLine } from './choose-version-line';

const choose = (
  names: readonly string[],
  request: Partial<Parameters<typeof chooseVersionLine>[1]> = {},
) =>
  chooseVersionLine(
    names.map(name => ({ name, oid: 'a', commit: 'a' })),
    { bump: 'auto', ...request },
    'acme/mono',
  );

describe('chooseVersionLine', () => {
  it('says nothing where there is one line', () => {
    expect(choose(['v1.0.0', '1.1.0', 'latest', 'v1'])).toMatchObject({
      prefix: '',
      warnings: [],
    });
  });

  it('refuses where several lines compete, and says how to choose', () => {
    expect(() => choose(['api-v1.2.0', 'web-v7.0.1'])).toThrow(
      expect.objectContaining({
        code: 'GIT_VERSION_LINES_AMBIGUOUS',
        kind: 'refused',
        message:
          'acme/mono has several lines of version tags: web-v7.0.1, api-v1.2.0',
        hint: expect.stringContaining('--tag-prefix'),
      }),
    );
  });

  it.each([
    [{ tagPrefix: 'api-v' }, 'api-v'],
    [{ path: 'services/api' }, 'api-v'],
  ])('takes the line that %j says', (request, prefix) => {
    const { tags, ...line } = choose(['api-v1.2.0', 'web-v7.0.1'], request);
    expect(line.prefix).toBe(prefix);
    expect(tags.map(({ name }) => name)).toEqual(['api-v1.2.0']);
  });

  it('names the other lines where nobody chose, or nothing is there', () => {
    expect(choose(['v1.0.0', 'chart-9.0.0']).warnings).toEqual([
      'Tags of other components are not read: chart-9.0.0. This release goes by v1.0.0.',
    ]);
    expect(choose(['v1.0.0'], { tagPrefix: 'ap-v' }).warnings).toEqual([
      'Tags of other components are not read: v1.0.0. This release goes by ap-v1.2.3.',
    ]);
    expect(
      choose(['v1.0.0', 'chart-9.0.0'], { tagPrefix: 'v' }).warnings,
    ).toEqual([]);
  });

  it('refuses to go on below tags that it does not read', () => {
    const names = ['v1.0.0', 'v1.2.3.4'];
    expect(() => choose(names)).toThrow(
      expect.objectContaining({
        code: 'GIT_VERSION_TAGS_UNREAD',
        message:
          'acme/mono has tags that look like versions, and are not read as such: v1.2.3.4',
      }),
    );
    const told = [
      'Tags that look like versions and are not read as such: v1.2.3.4.',
    ];
    expect(choose(names, { bump: '1.3.0' }).warnings).toEqual(told);
    expect(choose(names, { tagPrefix: 'v' }).warnings).toEqual(told);
  });

  it('refuses to begin anew beside them, unless a version is asked for', () => {
    expect(() => choose(['1.2.3.4'], { tagPrefix: '' })).toThrow(
      expect.objectContaining({ code: 'GIT_VERSION_TAGS_UNREAD' }),
    );
    expect(choose(['1.2.3.4'], { bump: '1.3.0' }).tags).toEqual([]);
  });

  it('says how tags of two numbers are read', () => {
    expect(choose(['v0.62', 'v0.63'])).toMatchObject({
      prefix: 'v',
      tags: [{ name: 'v0.63', version: '0.63.0' }, { name: 'v0.62' }],
      warnings: ['Tags of two numbers are read as versions: v0.63 is 0.63.0.'],
    });
  });
});
