import { planErrors } from './plan-errors';

/** How the plan that is made now stands to the one that was reviewed. */
export type Agreement =
  /** It is the same, or none was reviewed: it may run. */
  | 'same'
  /** The reviewed plan was carried out by an earlier run, which lost its reply or was killed. */
  | 'carried-out';

/** Two plans by their hashes, and what the systems say of the first. */
export interface PlansToCompare {
  /** The plan that was reviewed; absent: none was. */
  readonly reviewed: string | undefined;
  /** The plan that is made of what the systems hold now. */
  readonly now: string;
  /** The plan that the system itself records as the last one carried out; absent: it records none. */
  readonly carriedOut: string | undefined;
  /** In words, what a plan of this kind is made from, for the error. */
  readonly sources: string;
}

/**
 * Decides whether the plan made now may run: what was reviewed is what happens, or nothing is.
 *
 * @throws DojoError PLAN_CHANGED where something else was reviewed, and that did not come about either.
 */
export function agreeOnPlan(plans: PlansToCompare): Agreement {
  const { reviewed, now, carriedOut, sources } = plans;
  if (reviewed === undefined || reviewed === now) return 'same';
  if (reviewed === carriedOut) return 'carried-out';
  throw planErrors.changed(reviewed, now, sources);
}
