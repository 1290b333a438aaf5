import { toPep440 } from './pep440';

describe('toPep440', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-rc.1', '1.2.3rc1'],
    ['1.2.3-rc1', '1.2.3rc1'],
    ['1.2.3-RC.1', '1.2.3rc1'],
    ['1.2.3-alpha.4', '1.2.3a4'],
    ['1.2.3-a.4', '1.2.3a4'],
    ['1.2.3-beta.10', '1.2.3b10'],
    ['1.2.3-preview.1', '1.2.3rc1'],
    ['1.2.3-dev.1', '1.2.3.dev1'],
    ['1.2.3-rc', '1.2.3rc0'],
    ['1.2.3+local-1.X', '1.2.3+local.1.x'],
  ])('reads %s as %s', (version, expected) => {
    expect(toPep440(version)?.text).toBe(expected);
  });

  it.each([
    '1.2.3-0',
    '1.2.3-1',
    '1.2.3-post.1',
    '1.2.3-next.1',
    '1.2.3-canary.1',
    '1.2.3-feature-x.1',
    '1.2.3-rc.1.2',
    '1.2.3-rc.x',
    '1.2.3-constructor.1',
    '1.2.3+-',
  ])('rejects %s', version => {
    expect(toPep440(version)).toBeUndefined();
  });

  it('ranks as Python sorts', () => {
    const ranks = [
      '1.0.0-dev.9',
      '1.0.0-alpha.1',
      '1.0.0-alpha.2',
      '1.0.0-beta.1',
      '1.0.0-rc.1',
      '1.0.0',
    ].map(version => toPep440(version)!.rank);
    const sorted = [...ranks].sort(([a, n], [b, m]) => a - b || n - m);
    expect(ranks).toEqual(sorted);
  });
});
