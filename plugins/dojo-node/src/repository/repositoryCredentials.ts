import {
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';

/**
 * Credentials of a repository from `integrations:`, as the value of an Authorization header for git's HTTP.
 *
 * @param url - the repository's address; its host decides, so that no host sees another one's credentials
 * @returns undefined where the integration has none: the host is read anonymously.
 */
export type RepositoryCredentials = (
  url: string,
) => Promise<string | undefined>;

/**
 * Git's HTTP takes Basic everywhere, under a user name that each forge documents for tokens; what integrations offer
 * for their REST interfaces (`Bearer`, `PRIVATE-TOKEN`) is refused there.
 */
export function createRepositoryCredentials(
  integrations: ScmIntegrationRegistry,
): RepositoryCredentials {
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);

  return async url => {
    const { host } = new URL(url);
    switch (integrations.byHost(host)?.type) {
      case 'github':
        return basic(
          'x-access-token',
          (await github.getCredentials({ url })).token,
        );
      case 'gitlab':
        return basic('oauth2', (await gitlab.getCredentials({ url })).token);
      case 'gitea': {
        const { username, password } =
          integrations.gitea.byHost(host)?.config ?? {};
        return basic(username ?? 'oauth2', password);
      }
      case 'bitbucketServer': {
        const { username, password, token } =
          integrations.bitbucketServer.byHost(host)?.config ?? {};
        if (token !== undefined) return `Bearer ${token}`;
        return basic(username, password);
      }
      case 'bitbucketCloud': {
        const { username, appPassword, token } =
          integrations.bitbucketCloud.byHost(host)?.config ?? {};
        if (token !== undefined) return basic('x-token-auth', token);
        return basic(username, appPassword);
      }
      default:
        return undefined;
    }
  };
}

function basic(
  username: string | undefined,
  password: string | undefined,
): string | undefined {
  if (username === undefined || password === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
