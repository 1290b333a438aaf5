import { gitAuthorization } from './git-credentials';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('gitAuthorization', () => {
  it.each([
    ['https://github.com/a/b', { GITHUB_TOKEN: 't' }, 'x-access-token:t'],
    ['https://gitlab.com/a/b', { GITLAB_TOKEN: 't' }, 'oauth2:t'],
    ['https://git.acme.example/a', { DOJO_GIT_TOKEN: 't' }, 'x-access-token:t'],
    ['https://git.acme.example/a', { DOJO_GIT_TOKEN: 'ada:t' }, 'ada:t'],
    [
      'https://Git.acme.example:8443/a',
      { DOJO_GIT_TOKEN: 't', DOJO_GIT_HOST: 'git.ACME.example:8443' },
      'x-access-token:t',
    ],
    [
      'https://github.com/a/b',
      {
        DOJO_GIT_TOKEN: 'own',
        DOJO_GIT_HOST: 'git.acme.example',
        GITHUB_TOKEN: 't',
      },
      'x-access-token:t',
    ],
  ])('gives %s the token that is for it', (url, env, expected) => {
    expect(gitAuthorization(url, env)).toBe(basic(expected));
  });

  it.each([
    ['https://github.com.evil.example/a', { GITHUB_TOKEN: 't' }],
    ['https://evil.example/github.com/a', { GITHUB_TOKEN: 't' }],
    ['https://github.com:8443/a', { GITHUB_TOKEN: 't' }],
    ['https://gitlab.com/a', { GITHUB_TOKEN: 't' }],
    ['https://github.com/a', { GITLAB_TOKEN: 't' }],
    ['https://gitlab.acme.example/a', { GITLAB_TOKEN: 't' }],
    [
      'https://evil.example/a',
      { DOJO_GIT_TOKEN: 't', DOJO_GIT_HOST: 'git.acme.example' },
    ],
    ['https://github.com/a', {}],
  ])('gives %s nothing of %j', (url, env) => {
    expect(gitAuthorization(url, env)).toBeUndefined();
  });
});
