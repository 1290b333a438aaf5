import type { DojoError } from 'backstage-plugin-dojo-common';
import { gitErrors } from '../git-errors';
import { parseGitFailure, saidByRemote } from '../run/parse-git-failure';
import type { GitOutput } from '../run/run-git';

/** A line of git's own, about a ref that a hook or a rule of the server refused. */
const declined = /^!\t[^\t]*\t\[remote rejected\] \(.*declined/m;

/**
 * Translates how a push failed.
 *
 * @param refs full names of those that were pushed.
 */
export function parsePushFailure(
  output: GitOutput,
  {
    refs,
    display,
    secrets,
    tokenHint,
  }: {
    readonly refs: readonly string[];
    readonly display: string;
    readonly secrets: readonly string[];
    readonly tokenHint?: string;
  },
): DojoError {
  const said = `${output.stdout.toString('utf8')}\n${output.stderr}`;
  // Told apart first, since a hook may say anything, the words of other failures too.
  if (declined.test(output.stdout.toString('utf8'))) {
    return gitErrors.pushRejected(display, saidByRemote(output, secrets));
  }
  if (/does not support --atomic/.test(said)) {
    return gitErrors.noAtomicPush(display);
  }
  if (/Unable to create .*\.lock/.test(said)) {
    return gitErrors.refLocked(display, refs.map(nameOfRef));
  }
  if (
    /stale info|fetch first|non-fast-forward|already exists|cannot lock ref|failed to update ref|incorrect old value/.test(
      said,
    )
  ) {
    return gitErrors.leaseLost(display, refs.map(nameOfRef));
  }
  if (/\[remote rejected\]/.test(said)) {
    return gitErrors.pushRejected(display, saidByRemote(output, secrets));
  }
  return parseGitFailure(output, {
    verb: 'push',
    repository: display,
    secrets,
    tokenHint,
  });
}

function nameOfRef(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}
