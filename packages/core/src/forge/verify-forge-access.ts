import { z } from 'zod/v3';
import { forgeErrors } from './forge-errors';
import type { ForgeClient } from './forge-client';

/** Of GitHub and GitLab alike. */
const repositorySchema = z.object({ archived: z.boolean().optional() });

/**
 * Throws where nothing can be written, as far as that can be known before it is tried: no token, one that does not see the
 * repository, or an archived repository.
 *
 * @param asked `action`: what is to be written, for the error.
 * @throws DojoError FORGE_NOT_HTTPS, FORGE_DENIED, FORGE_REPOSITORY_NOT_FOUND, FORGE_REPOSITORY_ARCHIVED.
 */
export async function verifyForgeAccess(
  client: ForgeClient,
  asked: {
    readonly repository: string;
    /** `/repos/acme/ledger` */
    readonly path: string;
    readonly action: string;
  },
  signal: AbortSignal,
): Promise<void> {
  const { repository, path, action } = asked;
  if (!client.isSafe) throw forgeErrors.notHttps(repository);
  if (!(await client.hasToken())) {
    throw forgeErrors.denied(repository, action, '');
  }
  const reply = await client.request(
    { method: 'GET', path, action: 'read the repository' },
    signal,
  );
  if (reply.status !== 200) throw forgeErrors.repositoryNotFound(repository);
  // Not `permissions`: for a GitHub App it is false throughout, whatever the App may do.
  if (repositorySchema.safeParse(reply.json).data?.archived) {
    throw forgeErrors.archived(repository);
  }
}
