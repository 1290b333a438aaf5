import {
  createForgeOpener,
  createImageOpener,
  isImageLayout,
  parseImageRepository,
  readDockerConfig,
} from 'dojo-portal-core/release';
import { createGitOpener } from 'dojo-portal-core/repository';
import type { ReleasePorts } from 'dojo-portal-core/release';
import type { CommandContext } from '../command-context';
import { gitAuthorization, tokenHint } from './git-credentials';
import { githubOf } from './github-host';

/** Who wrote a commit, where the environment does not say. */
export const fallbackAuthor = { name: 'Dojo', email: 'dojo@localhost' };

/**
 * The ports of a release at a terminal or in CI: any host and any local path, credentials from the environment and
 * from `docker login`.
 */
export async function releasePorts(
  { env, cwd, temporaryRoot, signal }: CommandContext,
  image: string | undefined,
): Promise<ReleasePorts> {
  const registries =
    image === undefined || isImageLayout(image)
      ? []
      : await readDockerConfig({
          hosts: [parseImageRepository(image).host],
          env,
          signal,
        });
  const github = githubOf(env);
  return {
    clock: { now: () => fixedClock(env.SOURCE_DATE_EPOCH) },
    author: {
      name: env.GIT_AUTHOR_NAME || fallbackAuthor.name,
      email: env.GIT_AUTHOR_EMAIL || fallbackAuthor.email,
    },
    openRepository: createGitOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd },
      authorization: async url => gitAuthorization(url, env),
      tokenHint,
      temporaryRoot,
    }),
    openImage: createImageOpener({
      registries,
      allow: 'any',
      layouts: { kind: 'anywhere', cwd },
    }),
    // Without a token too: a release that cannot be published is refused before the tag, not left out in silence.
    openForge: createForgeOpener({
      githubs: [{ ...github, token: async () => env.GITHUB_TOKEN }],
    }),
  };
}

/** The clock, or the moment that SOURCE_DATE_EPOCH fixes (reproducible-builds.org). */
export function fixedClock(epoch: string | undefined): Date {
  return /^\d{1,12}$/.test(epoch ?? '')
    ? new Date(Number(epoch) * 1_000)
    : new Date();
}
