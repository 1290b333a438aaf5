import { shortOid } from 'backstage-plugin-dojo-common';
import type { NewRelease } from 'backstage-plugin-dojo-common';
import type { Found } from '../../effect/effect';
import type { RemoteRefs } from '../../repository/repository-data';
import { parseCommitPlanHash } from '../commit-message';
import type { ReleaseCommit } from '../ports';
import { refsKey } from './effect-keys';
import type { ReleaseRun, ReleaseStep } from './release-run';

type Needs = 'planHash' | 'repository' | 'toCommit' | 'onCommit';

/**
 * Release commit and annotated tag, pushed together under leases: the commit point of a release. A tag by the same
 * plan (same trailer, parent and tree) is ours, whoever pushed it. No tag is ever moved or deleted.
 */
export function refsStep(
  branch: string,
  planned: NewRelease,
): ReleaseStep<Needs> {
  return {
    key: refsKey(branch, planned.tag),
    text: `Push the release commit to ${branch} and tag ${planned.tag} (atomic)`,
    already: false,
    toEffect(run) {
      const release = run.toCommit(planned);
      const { repository, onCommit } = run;
      return {
        async find(signal): Promise<Found> {
          const refs = await repository.readRefs(signal);
          const tag = refs.tags.find(({ name }) => name === release.tag);
          if (tag === undefined) return findBranch(refs, release);
          if (!(await isOurs(tag.commit, release, run, signal))) {
            const detail = `cannot be made: tag ${
              release.tag
            } exists already, at ${shortOid(tag.commit)}`;
            return { kind: 'different', detail };
          }
          onCommit(tag.commit);
          return { kind: 'as-planned' };
        },
        async create(signal) {
          await repository.pushRelease(release, signal);
        },
      };
    },
  };
}

async function isOurs(
  oid: string,
  release: ReleaseCommit,
  { repository, planHash }: Pick<ReleaseRun, 'repository' | 'planHash'>,
  signal: AbortSignal,
): Promise<boolean> {
  const found = await repository.readCommit(oid, signal);
  return (
    parseCommitPlanHash(found.message) === planHash &&
    found.parents.length === 1 &&
    found.parents[0] === release.base &&
    found.tree === (await repository.writeTree(release, signal))
  );
}

function findBranch(refs: RemoteRefs, release: ReleaseCommit): Found {
  const { base, branch } = release;
  const head = refs.branches.get(branch);
  if (head === base) return { kind: 'absent' };
  const now = head === undefined ? 'is gone' : `is at ${shortOid(head)}`;
  const detail = `cannot be made: ${branch} ${now}, the plan was made on ${shortOid(
    base,
  )}`;
  return { kind: 'different', detail };
}
