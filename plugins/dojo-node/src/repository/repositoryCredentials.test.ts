import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createRepositoryCredentials } from './repositoryCredentials';

const credentials = createRepositoryCredentials(
  ScmIntegrations.fromConfig(
    mockServices.rootConfig({
      data: {
        integrations: {
          github: [{ host: 'github.com', token: 'gh-token' }],
          gitlab: [{ host: 'gitlab.com', token: 'gl-token' }],
          gitea: [
            { host: 'gitea.test', username: 'bot', password: 'pw' },
            { host: 'gitea-token.test', password: 'gt-token' },
          ],
          bitbucketServer: [
            {
              host: 'bb.test',
              token: 'bb-token',
              apiBaseUrl: 'https://bb.test/api',
            },
            {
              host: 'bb-basic.test',
              username: 'bot',
              password: 'pw',
              apiBaseUrl: 'https://bb.test/api',
            },
          ],
          bitbucketCloud: [{ username: 'bot', appPassword: 'pw' }],
          gerrit: [
            {
              host: 'gerrit.test',
              gitilesBaseUrl: 'https://gerrit.test/g',
              username: 'bot',
              password: 'pw',
            },
          ],
        },
      },
    }),
  ),
);

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('createRepositoryCredentials', () => {
  it.each([
    ['https://github.com/acme/ledger', basic('x-access-token:gh-token')],
    ['https://gitlab.com/acme/ledger.git', basic('oauth2:gl-token')],
    ['https://gitea.test/acme/ledger', basic('bot:pw')],
    ['https://gitea-token.test/acme/ledger', basic('oauth2:gt-token')],
    ['https://bb.test/scm/acme/ledger.git', 'Bearer bb-token'],
    ['https://bb-basic.test/scm/acme/ledger.git', basic('bot:pw')],
    ['https://bitbucket.org/acme/ledger', basic('bot:pw')],
    ['https://gerrit.test/ledger', undefined],
    ['https://unknown.test/acme/ledger', undefined],
    ['https://github.com.evil.test/acme/ledger', undefined],
    ['https://github.com:8443/acme/ledger', undefined],
  ])('gives %s its own credentials only', async (url, header) => {
    await expect(credentials(url)).resolves.toBe(header);
  });
});
