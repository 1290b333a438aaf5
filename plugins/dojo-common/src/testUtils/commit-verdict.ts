import type { CommitVerdict } from '../release/commit-verdict';
import { objectId } from './object-id';

/** A commit of a release plan, with what it counts as. @param sha - the beginning of its hash. */
export function commitVerdict(
  sha: string,
  subject: string,
  verdict: Pick<CommitVerdict, 'level' | 'reason'> & Partial<CommitVerdict>,
): CommitVerdict {
  return {
    sha: objectId(sha),
    subject,
    footers: [],
    breaking: false,
    ...verdict,
  };
}
