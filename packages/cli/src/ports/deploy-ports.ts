import { createKustomize } from 'dojo-portal-core/deploy';
import type { DeployPorts } from 'dojo-portal-core/deploy';
import {
  createImageOpener,
  isImageLayout,
  parseImageRepository,
  readDockerConfig,
} from 'dojo-portal-core/release';
import {
  createBaseOpener,
  createInfraOpener,
} from 'dojo-portal-core/repository';
import type { CommandContext } from '../command-context';
import { gitAuthorization } from './git-credentials';
import { fallbackAuthor, fixedClock } from './release-ports';

/**
 * The ports of a deployment at a terminal or in CI: any host and any local path, credentials from the environment and from
 * `docker login`.
 *
 * @param image - the repository whose registry is signed in to; absent: none is asked.
 */
export async function deployPorts(
  { env, cwd, temporaryRoot, signal }: CommandContext,
  image: string | undefined,
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
    temporaryRoot,
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
    openBase: createBaseOpener(git),
    openImage: createImageOpener({
      registries,
      allow: 'any',
      layouts: { kind: 'anywhere', cwd },
    }),
    kustomize: createKustomize({
      ...(env.DOJO_KUSTOMIZE && { command: env.DOJO_KUSTOMIZE }),
      path: env.PATH ?? '',
      temporaryRoot,
    }),
  };
}
