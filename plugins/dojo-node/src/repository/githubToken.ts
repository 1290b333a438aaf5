import {
  DefaultGithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';

/**
 * The token for GitHub's API: the integration's own, or that of the GitHub App that is installed for the repository's
 * owner, which lives for an hour and is renewed by the provider.
 */
export function createGithubToken(
  integrations: ScmIntegrationRegistry,
): (host: string, repository: string) => Promise<string | undefined> {
  const provider =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return async (host, repository) => {
    // The last two parts of any address: https://host/owner/name.git, git@host:owner/name
    const path = repository.split(/[/:]/).slice(-2).join('/');
    const { token } = await provider.getCredentials({
      url: `https://${host}/${path.replace(/\.git$/, '')}`,
    });
    return token;
  };
}
