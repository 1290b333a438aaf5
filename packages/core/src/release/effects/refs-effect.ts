import type { Effect, Found } from '../../effect/effect';
import { parseCommitPlanHash } from '../commit-message';
import { refsKey } from './effect-keys';
import type { GitRepository, ReleaseCommit, RemoteRefs } from '../ports';

/** The effect, and what the remote holds once it is settled. */
export interface RefsEffect {
  readonly effect: Effect;
  /** The commit that the tag leads to. @returns undefined until the remote was seen to hold it. */
  commit(): string | undefined;
}

/**
 * Release commit and annotated tag, pushed together under leases: the commit point of a release. A tag by the same
 * plan (same trailer, parent and tree) is ours, whoever pushed it. No tag is ever moved or deleted.
 */
export function refsEffect(
  release: ReleaseCommit,
  planHash: string,
  repository: GitRepository,
): RefsEffect {
  let commit: string | undefined;

  async function find(signal: AbortSignal): Promise<Found> {
    const refs = await repository.readRefs(signal);
    const tag = refs.tags.find(({ name }) => name === release.tag);
    if (tag === undefined) return findBranch(refs, release);
    if (!(await isOurs(tag.commit, signal))) {
      const detail = `cannot be made: tag ${
        release.tag
      } exists already, at ${tag.commit.slice(0, 7)}`;
      return { kind: 'different', detail };
    }
    commit = tag.commit;
    return { kind: 'as-planned' };
  }

  async function isOurs(oid: string, signal: AbortSignal): Promise<boolean> {
    const found = await repository.readCommit(oid, signal);
    return (
      parseCommitPlanHash(found.message) === planHash &&
      found.parents.length === 1 &&
      found.parents[0] === release.base &&
      found.tree === (await repository.writeTree(release, signal))
    );
  }

  return {
    commit: () => commit,
    effect: {
      key: refsKey(release.branch, release.tag),
      find,
      create: async signal => {
        await repository.pushRelease(release, signal);
      },
    },
  };
}

function findBranch(refs: RemoteRefs, release: ReleaseCommit): Found {
  const { base, branch } = release;
  const head = refs.branches.get(branch);
  if (head === base) return { kind: 'absent' };
  const now = head === undefined ? 'is gone' : `is at ${head.slice(0, 7)}`;
  const detail = `cannot be made: ${branch} ${now}, the plan was made on ${base.slice(
    0,
    7,
  )}`;
  return { kind: 'different', detail };
}
