import type {
  CommitRange,
  ObservedCommit,
  RemoteRefs,
} from './repository-data';

/** What is read of a repository to know how it began. */
export interface BeginningRepository {
  readRefs(signal: AbortSignal): Promise<RemoteRefs>;
  readCommits(
    range: { readonly head: string; readonly cap: number },
    signal: AbortSignal,
  ): Promise<CommitRange | undefined>;
  readCommit(
    oid: string,
    signal: AbortSignal,
  ): Promise<ObservedCommit & { readonly tree: string }>;
}

/** How a repository began. */
export type Beginning =
  /** Nothing was pushed to it yet. */
  | { readonly kind: 'empty' }
  /** It has many commits, several first ones, or no default branch: nothing that was made a moment ago. */
  | { readonly kind: 'grown' }
  | {
      readonly kind: 'commit';
      readonly commit: string;
      readonly tree: string;
      readonly message: string;
      /** What the repository holds since. */
      readonly refs: RemoteRefs;
    };

/** Commits that are looked through; a service that is being made has few. */
const maxCommits = 1_000;

/** The one commit of the default branch that has no parent. */
export async function readBeginning(
  repository: BeginningRepository,
  signal: AbortSignal,
): Promise<Beginning> {
  const refs = await repository.readRefs(signal);
  const { headBranch, branches, tags } = refs;
  if (branches.size === 0 && tags.length === 0) return { kind: 'empty' };
  const head = headBranch === undefined ? undefined : branches.get(headBranch);
  if (head === undefined) return { kind: 'grown' };
  const range = await repository.readCommits({ head, cap: maxCommits }, signal);
  const first = range?.commits.filter(({ parents }) => parents.length === 0);
  if (range?.cappedAt !== undefined || first?.length !== 1) {
    return { kind: 'grown' };
  }
  const { oid, tree, message } = await repository.readCommit(
    first[0].oid,
    signal,
  );
  return { kind: 'commit', commit: oid, tree, message, refs };
}
