import { parseChallenges } from './parse-challenges';

describe('parseChallenges', () => {
  it.each([
    ['', []],
    ['Basic', [{ scheme: 'basic', params: {} }]],
    [
      'Basic realm="a \\"quoted\\", realm"',
      [{ scheme: 'basic', params: { realm: 'a "quoted", realm' } }],
    ],
    [
      'Bearer realm="https://auth.test/token",service="reg",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          params: {
            realm: 'https://auth.test/token',
            service: 'reg',
            scope: 'repository:a/b:pull,push',
          },
        },
      ],
    ],
    [
      'Negotiate, BEARER Realm=x , service = y, Basic realm=z',
      [
        { scheme: 'negotiate', params: {} },
        { scheme: 'bearer', params: { realm: 'x', service: 'y' } },
        { scheme: 'basic', params: { realm: 'z' } },
      ],
    ],
    ['=, "x', [{ scheme: 'x', params: {} }]],
  ])('parses %s', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });

  it('is done soon with a header made to be slow', () => {
    const header = `Bearer realm="${'\\"'.repeat(50_000)}`;
    expect(parseChallenges(header)[0]).toMatchObject({ scheme: 'bearer' });
  });
});
