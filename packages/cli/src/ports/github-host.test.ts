import { githubOf } from './github-host';

describe('githubOf', () => {
  it.each([
    [{}, 'github.com', 'https://api.github.com'],
    [
      {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_API_URL: 'https://api.github.com',
      },
      'github.com',
      'https://api.github.com',
    ],
    [
      { GITHUB_SERVER_URL: 'https://ghe.example' },
      'ghe.example',
      'https://ghe.example/api/v3',
    ],
    [
      {
        GITHUB_SERVER_URL: 'http://127.0.0.1:8080',
        GITHUB_API_URL: 'http://127.0.0.1:8081/',
      },
      '127.0.0.1:8080',
      'http://127.0.0.1:8081',
    ],
  ])('reads %j', (env, host, apiBaseUrl) => {
    expect(githubOf(env)).toEqual({ host, apiBaseUrl });
  });

  describe('when the address is no URL', () => {
    it.each(['GITHUB_SERVER_URL', 'GITHUB_API_URL'])('names %s', name => {
      expect(() => githubOf({ [name]: 'ftp://x' })).toThrow(
        `${name} is "ftp://x", which is no http(s) URL`,
      );
    });
  });
});
