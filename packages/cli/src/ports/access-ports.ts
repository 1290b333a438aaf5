import type { ReleaseAccess } from 'backstage-plugin-dojo-common';
import { createForgeOpener, createImageOpener } from 'dojo-portal-core/release';
import { createGitOpener } from 'dojo-portal-core/repository';
import type { ReleasePorts } from 'dojo-portal-core/release';
import type { CommandContext } from '../command-context';

/**
 * The ports of a release that somebody else asks for: what the request names may be reached, with the credentials that
 * it carries, and nothing of this process's environment.
 */
export function accessPorts(
  access: ReleaseAccess,
  { temporaryRoot }: Pick<CommandContext, 'temporaryRoot'>,
): ReleasePorts {
  return {
    clock: { now: () => new Date() },
    author: access.author,
    openRepository: createGitOpener({
      allowedHosts: access.allowedHosts,
      localRoot: { kind: 'below', path: access.localRoot },
      authorization: async () => access.authorization,
      temporaryRoot,
    }),
    openImage: createImageOpener({
      registries: access.registries,
      allow: 'listed',
      layouts: { kind: 'below', path: access.localRoot },
    }),
    openForge: createForgeOpener({
      githubs: access.githubs.map(({ token, ...github }) => ({
        ...github,
        token: async () => token,
      })),
    }),
    pageOf: () => access.page,
  };
}
