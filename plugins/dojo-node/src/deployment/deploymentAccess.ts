import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  DeploymentAccess,
  DeploymentRequest,
  parseBaseAddress,
} from 'backstage-plugin-dojo-common';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import { clusterAccess } from '../cluster/clusterAccess';
import type { DojoConfig } from '../config/readDojoConfig';
import { toChildAccess } from '../repository/childAccess';
import { forgeAccess } from '../repository/forgeAccess';
import { createRepositoryCredentials } from '../repository/repositoryCredentials';

/** Where a change of an overlay is made, and what it is of. */
export type DeploymentPlaces = Pick<DeploymentRequest, 'infra' | 'base'>;

/** Clusters that are asked for a deployment. */
export interface DeploymentClusters {
  /** Of the environment; absent: none is configured. */
  readonly cluster?: ClusterConfig;
  /** Where the version is that is promoted; absent: nothing is, or how it is there is not known. */
  readonly source?: {
    readonly environment: string;
    readonly cluster: ClusterConfig;
    /** Template; absent: `{component}-{environment}`. */
    readonly namespace?: string;
  };
}

/** What {@link deploymentAccess} is made from. */
export interface DeploymentAccessOptions {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
}

/**
 * What a child may reach: the credentials of the infra repository and of the service's, of the infra repository's forge and
 * of the clusters, and no other's.
 */
export async function deploymentAccess(
  { infra, base }: DeploymentPlaces,
  { cluster, source }: DeploymentClusters,
  { config, integrations }: DeploymentAccessOptions,
): Promise<DeploymentAccess> {
  const address = parseBaseAddress(base);
  const repositories = new Set([
    infra,
    ...(typeof address === 'string' ? [] : [address.repository]),
  ]);
  const reached = [...repositories].filter(repository =>
    isReached(repository, config),
  );
  const authorizations = await Promise.all(
    reached.map(async repository => {
      const authorization = await createRepositoryCredentials(integrations)(
        repository,
      );
      return authorization === undefined ? [] : [{ repository, authorization }];
    }),
  );
  return {
    ...toChildAccess(config),
    authorizations: authorizations.flat(),
    ...(isReached(infra, config) && {
      forges: await forgeAccess(infra, integrations),
    }),
    ...(config.kustomize !== undefined && { kustomize: config.kustomize }),
    ...(config.baseCache !== undefined && { baseCache: config.baseCache }),
    ...(config.renderCache !== undefined && {
      renderCache: config.renderCache,
    }),
    ...(cluster && { cluster: await clusterAccess(cluster) }),
    ...(source && {
      source: { ...source, cluster: await clusterAccess(source.cluster) },
    }),
  };
}

/** Nobody is asked for a token of a host that will not be reached. */
function isReached(repository: string, { allowedHosts }: DojoConfig): boolean {
  if (!/^https?:/i.test(repository) || !URL.canParse(repository)) return false;
  return allowedHosts.includes(new URL(repository).host.toLowerCase());
}
