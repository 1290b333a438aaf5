import type { ReleasePlan, ReleaseResult } from 'backstage-plugin-dojo-common';
import type { ReleaseExecuted } from './execute-release';
import type { ReleaseState } from './release-state';

/** A plan, what it was made from, and its hash. */
export interface PlannedRelease {
  readonly state: ReleaseState;
  readonly plan: ReleasePlan;
  readonly planHash: string;
}

/** How far a run went. */
export type ReleaseRun =
  | { readonly kind: 'dry-run' }
  | {
      readonly kind: 'run';
      readonly executed: ReleaseExecuted;
      /** The newest tag is of the reviewed plan: what this run was asked to do. */
      readonly isOurs: boolean;
    };

/** The output of a release, from its plan and what came of it. */
export function toReleaseResult(
  { plan, planHash }: PlannedRelease,
  run: ReleaseRun,
): ReleaseResult {
  const outcome = outcomeOf(plan, run);
  const { release } = plan.decides;
  const executed = run.kind === 'run' ? run.executed : undefined;
  const effects = [...(executed?.outcomes ?? [])];
  const shared = { outcome, planHash, plan, effects };
  const previousVersion = plan.shows.previousVersion;
  if (release === undefined) {
    const { newest } = plan.shows;
    return {
      ...shared,
      ...newest,
      ...(previousVersion && { previousVersion }),
    };
  }
  return {
    ...shared,
    version: release.version,
    ...(previousVersion && { previousVersion }),
    tag: release.tag,
    ...(executed?.commit && { commit: executed.commit }),
    ...(release.image && { imageDigest: release.image.digest }),
    notes: release.notes,
    ...(executed?.releaseUrl && { releaseUrl: executed.releaseUrl }),
  };
}

function outcomeOf(
  plan: ReleasePlan,
  run: ReleaseRun,
): ReleaseResult['outcome'] {
  const isWork =
    plan.decides.release !== undefined || plan.decides.finish !== undefined;
  if (run.kind === 'dry-run') {
    return plan.kind === 'release' || isWork ? 'planned' : plan.kind;
  }
  const isSettled = run.executed.outcomes.every(
    ({ kind }) => kind === 'done' || kind === 'already-done',
  );
  if (!isSettled) return 'failed';
  if (plan.kind === 'release' || run.isOurs) return 'released';
  return plan.kind;
}
