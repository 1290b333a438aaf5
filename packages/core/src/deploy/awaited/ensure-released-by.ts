import { isAwaitedCommit } from 'backstage-plugin-dojo-common';
import { deployErrors } from '../deploy-errors';
import type { BaseRepository } from '../ports';

/**
 * Ensures that a version was made by one release and no other: its commit's message ends with the plan's hash, as the
 * release engine writes it. One that is not made yet is what that plan will make.
 *
 * @throws DojoError DEPLOY_RELEASE_OTHER
 */
export async function ensureReleasedBy(
  base: Pick<BaseRepository, 'readMessage'>,
  { tag, commit }: { readonly tag: string; readonly commit: string },
  plan: string,
  signal: AbortSignal,
): Promise<void> {
  if (isAwaitedCommit(commit)) return;
  const message = await base.readMessage(commit, signal);
  if (message.trimEnd().endsWith(`\n\nDojo-Plan: ${plan}`)) return;
  throw deployErrors.releaseOther(tag, commit);
}
