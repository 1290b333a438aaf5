import { skipWarnings } from './skip-warnings';

const after = (version: string) => {
  const newest = { version, tag: `v${version}` };
  return { newest, newestStable: newest } as unknown as Parameters<
    typeof skipWarnings
  >[1];
};

describe('skipWarnings', () => {
  it.each([
    ['99.0.0', '0.3.0', '1.0.0 … 98.x'],
    ['2.0.0', '0.3.0', '1.0.0 … 1.x'],
    ['1.2.0', '0.3.0', '1.0.0 … 1.1.x'],
    ['1.0.1', '0.3.0', '1.0.0'],
    ['0.5.0', '0.3.0', '0.4.0 … 0.4.x'],
    ['0.4.1', '0.3.0', '0.4.0'],
    ['0.3.3', '0.3.0', '0.3.1 … 0.3.2'],
    ['0.3.2', '0.3.0', '0.3.1'],
    ['9.0.0-rc.1', '0.3.0', '1.0.0 … 8.x'],
  ])('says that %s after %s skips %s', (version, last, skipped) => {
    expect(skipWarnings(version, after(last), { auto: '0.4.0' })).toEqual([
      `${version} skips ${skipped}; the commits call for 0.4.0.`,
    ]);
  });

  it.each(['1.0.0', '0.4.0', '0.3.1', '1.0.0-rc.1', '0.3.1-rc.7'])(
    'says nothing of %s, which follows 0.3.0',
    version => {
      expect(skipWarnings(version, after('0.3.0'), {})).toEqual([]);
    },
  );

  it('says nothing of a first version', () => {
    expect(skipWarnings('5.0.0', {}, {})).toEqual([]);
  });

  it('says that no commit calls for a version', () => {
    expect(skipWarnings('0.3.9', after('0.3.0'), {})).toEqual([
      '0.3.9 skips 0.3.1 … 0.3.8; no commit calls for a version.',
    ]);
  });
});
