import type { GitIdentity } from 'backstage-plugin-dojo-common';
import { identityLine } from './git-objects';

/** A commit to be made. */
export interface CommitToWrite {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Author and committer. */
  readonly who: GitIdentity;
  /** Seconds since 1970. */
  readonly authored: number;
  readonly committed: number;
  readonly message: string;
}

/** A commit's bytes, as git stores them: the same commit, the same bytes, so the same object id. */
export function encodeCommit(commit: CommitToWrite): Buffer {
  const { tree, parents, who, authored, committed, message } = commit;
  return Buffer.from(
    `tree ${tree}\n${parents.map(oid => `parent ${oid}\n`).join('')}` +
      `author ${identityLine(who, authored)}\n` +
      `committer ${identityLine(who, committed)}\n\n` +
      `${message}`,
  );
}
