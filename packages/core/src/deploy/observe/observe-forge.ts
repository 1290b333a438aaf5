import { isDojoError } from 'backstage-plugin-dojo-common';
import type { RequestForge } from '../deployment-state';
import type { PullRequest, PullRequests } from '../ports';

/**
 * What a plan says of the forge that its request waits on: the gate is the forge's, and whether there is one is told where
 * the forge tells it; so is the request that is open already.
 */
export async function observeForge(
  pulls: PullRequests,
  {
    branch,
    requestBranch,
  }: Readonly<Record<'branch' | 'requestBranch', string>>,
  onWarning: (text: string) => void,
  signal: AbortSignal,
): Promise<RequestForge> {
  const { kind, webUrl } = pulls;
  const [review, open] = await Promise.all([
    pulls.readReviewRule(branch, signal),
    findOpen(pulls, { head: requestBranch, base: branch }, signal),
  ]);
  if (review === 'not-enforced') {
    onWarning(
      `${branch} of ${webUrl} takes changes without a review: who asks for this one could merge it too`,
    );
  }
  if (review === 'unknown') {
    onWarning(
      `whether ${branch} of ${webUrl} takes changes only after a review is not known: the forge does not tell it`,
    );
  }
  return { kind, review, ...(open && { openUrl: open.url }) };
}

/** A plan holds without it: what stands in the way of a run is said by the run's first request of the forge. */
async function findOpen(
  pulls: PullRequests,
  branches: { readonly head: string; readonly base: string },
  signal: AbortSignal,
): Promise<PullRequest | undefined> {
  try {
    return await pulls.findOpen(branches, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isDojoError(error)) throw error;
    return undefined;
  }
}
