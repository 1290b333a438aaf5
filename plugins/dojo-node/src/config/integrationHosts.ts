import type { Config } from '@backstage/config';

/** Kinds of integration that serve git, with the host that an entry without `host` means (undefined: none). */
const gitIntegrations: Record<string, string | undefined> = {
  azure: 'dev.azure.com',
  bitbucketCloud: 'bitbucket.org',
  bitbucketServer: undefined,
  gerrit: undefined,
  gitea: undefined,
  github: 'github.com',
  gitlab: 'gitlab.com',
};

/**
 * The hosts that the configuration names under `integrations:`. Not `ScmIntegrations`, which always adds the public
 * forges: a portal that names none of them must not reach them.
 */
export function integrationHosts(config: Config): string[] {
  const hosts = Object.entries(gitIntegrations).flatMap(([type, fallback]) =>
    (config.getOptionalConfigArray(`integrations.${type}`) ?? []).flatMap(
      entry => entry.getOptionalString('host') ?? fallback ?? [],
    ),
  );
  return [...new Set(hosts.map(host => host.toLowerCase()))].sort();
}
