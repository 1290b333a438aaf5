import {
  DojoError,
  dojoErrorSchema,
  refusalsOf,
  sentenceOfFinding,
} from 'backstage-plugin-dojo-common';
import type { ShownPlan } from './Runs';
import type { ReviewedRun } from './valuesOfRun';

/** What the form would send of its review of the plan. */
export function toReviewedRun(shown: ShownPlan): ReviewedRun {
  const { planHash, version } = shown.result;
  const common = { planHash, ...(version !== undefined && { version }) };
  switch (shown.verb) {
    case 'release': {
      const { base, release } = shown.result.plan.decides;
      return { ...common, base, ...(release && { date: release.date }) };
    }
    case 'migration':
      return common;
    default: {
      const { shows, decides } = shown.result.plan;
      const { since } = decides;
      return {
        ...common,
        what: shows.reason,
        ...(since !== undefined && { since }),
      };
    }
  }
}

/** What a run of the plan is refused with; undefined where it may run. */
export function refusalOfPlan(shown: ShownPlan): DojoError | undefined {
  switch (shown.verb) {
    case 'release':
      return undefined;
    case 'migration': {
      const [finding] = refusalsOf(shown.result.plan.shows.findings);
      return (
        finding &&
        new DojoError({
          code: finding.code,
          kind: 'refused',
          message: sentenceOfFinding(finding),
          hint: finding.hint ?? 'Mend the migration and release it again.',
        })
      );
    }
    default: {
      const [block] = shown.result.plan.shows.blocks ?? [];
      return (
        block &&
        new DojoError(dojoErrorSchema.parse({ ...block, kind: 'refused' }))
      );
    }
  }
}
