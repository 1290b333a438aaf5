import type { DeploymentChildRequest } from 'backstage-plugin-dojo-common';
import {
  createKustomize,
  openCluster,
  systemTimer,
} from 'dojo-portal-core/deploy';
import type { DeployPorts } from 'dojo-portal-core/deploy';
import {
  createImageOpener,
  createPullRequestOpener,
} from 'dojo-portal-core/release';
import {
  createBaseOpener,
  createInfraOpener,
} from 'dojo-portal-core/repository';
import type { CommandContext } from '../command-context';

/**
 * The ports of a deployment that somebody else asks for: what the request names may be reached, with the credentials that
 * it carries, and nothing of this process's environment but where programs are.
 */
export function deploymentAccessPorts(
  { access, requester }: Pick<DeploymentChildRequest, 'access' | 'requester'>,
  { env, temporaryRoot }: Pick<CommandContext, 'env' | 'temporaryRoot'>,
): DeployPorts {
  const { baseCache, renderCache, kustomize, cluster, source } = access;
  const git = {
    allowedHosts: access.allowedHosts,
    localRoot: { kind: 'below' as const, path: access.localRoot },
    authorization: async (url: string) => authorizationOf(url, access),
    temporaryRoot,
  };
  return {
    clock: { now: () => new Date() },
    commitClock: { now: () => new Date() },
    author: access.author,
    requester,
    openInfra: createInfraOpener(git),
    openBase: createBaseOpener({
      ...git,
      ...(baseCache !== undefined && { cache: { folder: baseCache } }),
    }),
    openPullRequests: createPullRequestOpener({
      githubs: forgesOf(access, 'github'),
      gitlabs: forgesOf(access, 'gitlab'),
    }),
    openImage: createImageOpener({
      registries: access.registries,
      allow: 'listed',
      layouts: git.localRoot,
    }),
    kustomize: createKustomize({
      temporaryRoot,
      path: env.PATH ?? '',
      ...(kustomize !== undefined && { command: kustomize }),
      ...(renderCache !== undefined && { cache: { folder: renderCache } }),
    }),
    timer: systemTimer,
    ...(cluster && {
      openCluster: signal => openCluster({ access: cluster }, signal),
    }),
    openSource: async (environment, signal) =>
      source?.environment === environment
        ? {
            cluster: await openCluster({ access: source.cluster }, signal),
            ...(source.namespace !== undefined && {
              namespace: source.namespace,
            }),
          }
        : undefined,
  };
}

function forgesOf(
  { forges = [] }: DeploymentChildRequest['access'],
  kind: NonNullable<DeploymentChildRequest['access']['forges']>[number]['kind'],
) {
  return forges
    .filter(forge => forge.kind === kind)
    .map(({ host, apiBaseUrl, token }) => ({
      host,
      apiBaseUrl,
      token: async () => token,
    }));
}

/**
 * An overlay may name any base, and who writes one may not see another's secrets: a credential goes to the very repository
 * that it was given for.
 *
 * @param url - as git is given it
 */
function authorizationOf(
  url: string,
  { authorizations }: DeploymentChildRequest['access'],
): string | undefined {
  const asked = new URL(url).href;
  return authorizations.find(
    ({ repository }) =>
      URL.canParse(repository) && new URL(repository).href === asked,
  )?.authorization;
}
