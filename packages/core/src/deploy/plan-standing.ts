import type { DeploymentPlan } from 'backstage-plugin-dojo-common';
import { agreeOnPlan } from '../plan/agree-on-plan';
import { planErrors } from '../plan/plan-errors';
import { partsOf } from './apply/plan-parts';
import type { DeploymentState } from './deployment-state';

/** How the plan that is made now stands to the one that was reviewed. */
export type PlanStanding =
  /** It is the same, or none was reviewed. */
  | { readonly kind: 'same' }
  /** An earlier run carried the reviewed plan out, by this commit where the overlay changed. */
  | {
      readonly kind: 'carried-out';
      readonly planHash: string;
      readonly commit?: string;
    }
  /** An earlier run began with the reviewed plan and was cut: what is left of it is what is planned now. */
  | {
      readonly kind: 'resumes';
      readonly planHash: string;
      readonly commit?: string;
    };

const sources =
  'The overlay, the service, the image, the cluster or the request';

/**
 * Tells it by what the systems record: the trailer of the commit that landed, and in mode apply the record in the
 * environment's namespace; pure.
 *
 * @throws DojoError PLAN_CHANGED where something else was reviewed.
 */
export function standingOf({
  state,
  plan,
  planHash,
  reviewed,
}: {
  readonly state: DeploymentState;
  readonly plan: DeploymentPlan;
  readonly planHash: string;
  readonly reviewed: string | undefined;
}): PlanStanding {
  const { cluster, preparations = [] } = state;
  const landed = [...state.landed, ...preparations];
  const landing = landed.find(
    ({ change }) => change !== undefined && change.planHash === reviewed,
  );
  const record = cluster?.record;
  const isBegun = reviewed !== undefined && record?.plan === reviewed;
  const agreement = agreeOnPlan({
    reviewed,
    now: planHash,
    carriedOut:
      landing?.change?.planHash ?? (isBegun ? record?.plan : undefined),
    sources,
  });
  if (agreement === 'same' || reviewed === undefined) return { kind: 'same' };
  const commit = landing && { commit: landing.infraCommit };
  const isNewest = landing === undefined || landing === landed[0];
  // Another plan for the same commit came after it: there is nothing left of it.
  const isSuperseded =
    !isBegun && landing !== undefined && record?.landed === landing.infraCommit;
  const isOpen =
    !isSuperseded &&
    cluster !== undefined &&
    plan.kind === 'deploy' &&
    plan.decides.edits.length === 0 &&
    record?.finished !== reviewed &&
    isNewest;
  // Of a plan that was cut only what it had, and has not done, may go on: the rest drifted since, and nobody reviewed it.
  if (isOpen && isBegun && !isLeftOf(record?.parts, plan)) {
    throw planErrors.changed(reviewed, planHash, sources);
  }
  return {
    kind: isOpen ? 'resumes' : 'carried-out',
    planHash: reviewed,
    ...commit,
  };
}

function isLeftOf(
  parts: readonly string[] = [],
  { decides }: DeploymentPlan,
): boolean {
  const left = decides.cluster ? partsOf(decides.cluster) : [];
  return left.every(part => parts.includes(part));
}
