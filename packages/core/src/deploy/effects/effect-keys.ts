/** The overlay on the branch that is applied: `overlay ledger/dev on main`. */
export function overlayKey(folder: string, branch: string): string {
  return `overlay ${folder} on ${branch}`;
}

/** The request on the forge from that branch. */
export function pullRequestKey(branch: string): string {
  return `pull request ${branch}`;
}

/** The branch that asks for a change of an overlay. */
export function requestKey(branch: string): string {
  return `request ${branch}`;
}
