import {
  DefaultGitlabCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import type { DeploymentAccess } from 'backstage-plugin-dojo-common';
import { createGithubToken } from './githubToken';
import { isOn } from './isOn';

/** The forges that a child may open and read pull requests at. */
export type ForgeAccess = NonNullable<DeploymentAccess['forges']>;

/** The forge that a repository is on, with the token of its integration; none where its host is no forge we know. */
export async function forgeAccess(
  repository: string,
  integrations: ScmIntegrationRegistry,
): Promise<ForgeAccess> {
  const githubToken = createGithubToken(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  const githubs = integrations.github.list().map(each => each.config);
  const gitlabs = integrations.gitlab.list().map(each => each.config);
  return Promise.all([
    ...githubs
      .filter(({ host }) => isOn(host, repository))
      .map(async ({ host, apiBaseUrl = `https://${host}/api/v3` }) => ({
        kind: 'github' as const,
        host,
        apiBaseUrl,
        ...whereThere(await githubToken(host, repository)),
      })),
    ...gitlabs
      .filter(({ host }) => isOn(host, repository))
      .map(async ({ host, apiBaseUrl }) => ({
        kind: 'gitlab' as const,
        host,
        apiBaseUrl,
        ...whereThere(
          (await gitlab.getCredentials({ url: `https://${host}/` })).token,
        ),
      })),
  ]);
}

function whereThere(token: string | undefined): { token?: string } {
  return token === undefined ? {} : { token };
}
