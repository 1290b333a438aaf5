import {
  createKustomize,
  openCluster,
  systemTimer,
} from 'dojo-portal-core/deploy';
import type { DeployPorts, SourceCluster } from 'dojo-portal-core/deploy';
import {
  createImageOpener,
  createPullRequestOpener,
  isImageLayout,
  parseImageRepository,
  readDockerConfig,
} from 'dojo-portal-core/release';
import {
  createBaseOpener,
  createInfraOpener,
} from 'dojo-portal-core/repository';
import type { CommandContext } from '../command-context';
import { baseCacheOf, renderCacheOf } from './base-cache';
import { gitAuthorization, tokenHint } from './git-credentials';
import { githubOf } from './github-host';
import { gitlabOf } from './gitlab-host';
import { localPath } from './local-path';
import { fallbackAuthor, fixedClock } from './release-ports';

/**
 * The ports of a deployment at a terminal or in CI: any host and any local path, credentials from the environment and from
 * `docker login`.
 *
 * @param image - the repository whose registry is signed in to; absent: none is asked.
 * @param kubernetes - how a cluster is reached; default: as kubectl reaches it.
 */
export async function deployPorts(
  { env, cwd, temporaryRoot, signal }: CommandContext,
  image: string | undefined,
  kubernetes: {
    readonly kubeconfig?: string;
    readonly context?: string;
    /** Where in the same cluster what a version is promoted from is; absent: it is in none that is known. */
    readonly source?: Omit<SourceCluster, 'cluster'>;
  } = {},
): Promise<DeployPorts> {
  const registries =
    image === undefined || isImageLayout(image)
      ? []
      : await readDockerConfig({
          hosts: [parseImageRepository(image).host],
          env,
          signal,
        });
  const git = {
    allowedHosts: 'any' as const,
    localRoot: { kind: 'anywhere' as const, cwd },
    authorization: async (url: string) => gitAuthorization(url, env),
    tokenHint,
    temporaryRoot,
  };
  const open = (of: AbortSignal) => {
    const { kubeconfig, context } = kubernetes;
    return openCluster(
      {
        kubeconfig: {
          ...(kubeconfig !== undefined && { path: localPath(kubeconfig, cwd) }),
          ...(context !== undefined && { context }),
        },
      },
      of,
      { env },
    );
  };
  return {
    // Freeze windows are of the time that is; a fixed moment is for what is written alone.
    clock: { now: () => new Date() },
    commitClock: { now: () => fixedClock(env.SOURCE_DATE_EPOCH) },
    author: {
      name: env.GIT_AUTHOR_NAME || fallbackAuthor.name,
      email: env.GIT_AUTHOR_EMAIL || fallbackAuthor.email,
    },
    openInfra: createInfraOpener(git),
    openBase: createBaseOpener({ ...git, ...baseCacheOf(env) }),
    openPullRequests: createPullRequestOpener({
      githubs: [{ ...githubOf(env), token: async () => env.GITHUB_TOKEN }],
      gitlabs: [{ ...gitlabOf(env), token: async () => env.GITLAB_TOKEN }],
    }),
    openImage: createImageOpener({
      registries,
      allow: 'any',
      layouts: { kind: 'anywhere', cwd },
    }),
    kustomize: createKustomize({
      ...(env.DOJO_KUSTOMIZE && { command: env.DOJO_KUSTOMIZE }),
      path: env.PATH ?? '',
      ...renderCacheOf(env),
      temporaryRoot,
    }),
    timer: systemTimer,
    openCluster: open,
    ...(kubernetes.source && {
      openSource: async (_, of) => ({
        ...kubernetes.source,
        cluster: await open(of),
      }),
    }),
  };
}
