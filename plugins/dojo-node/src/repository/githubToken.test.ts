import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createGithubToken } from './githubToken';

const githubToken = createGithubToken(
  ScmIntegrations.fromConfig(
    mockServices.rootConfig({
      data: {
        integrations: {
          github: [
            { host: 'github.com', token: 'public-token' },
            { host: 'ghe.acme.test', token: 'enterprise-token' },
          ],
        },
      },
    }),
  ),
);

describe('createGithubToken', () => {
  it.each([
    ['github.com', 'https://github.com/acme/ledger', 'public-token'],
    ['github.com', 'git@github.com:acme/ledger.git', 'public-token'],
    ['ghe.acme.test', 'https://ghe.acme.test/acme/ledger', 'enterprise-token'],
  ])('gives %s its own token for %s', async (host, repository, token) => {
    await expect(githubToken(host, repository)).resolves.toBe(token);
  });
});
