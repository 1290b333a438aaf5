import type { EnvironmentMeasures } from 'backstage-plugin-dojo-common';
import { listed } from '../words/clauses';

/** Each figure's rule in one sentence, for this environment. */
export function measureRules({
  hotfixWindowMs,
  isObserved,
}: {
  readonly hotfixWindowMs: number;
  readonly isObserved: boolean;
}): EnvironmentMeasures['rules'] {
  const hours = Math.round(hotfixWindowMs / 3_600_000);
  const reasons = [
    ...(isObserved ? ['its rollout failed'] : []),
    'the next landing rolled it back',
    'it was rejected while it ran',
    ...(hotfixWindowMs > 0
      ? [`a fix of the same line followed within ${hours} h`]
      : []),
  ];
  return {
    deployments:
      'A deployment is a version that landed; rollbacks and changes of the configuration are none.',
    leadTime:
      'From when a commit came to its branch to when it was healthy here, else landed; each commit counts once, and the first deployment has none.',
    failures: isObserved
      ? `A deployment failed if ${listed(
          reasons,
          'or',
        )}; the first that fits counts.`
      : `Failures are counted from rollbacks, rejections${
          hotfixWindowMs > 0 ? ' and hotfixes' : ''
        } only.`,
    recovery: isObserved
      ? 'From when a failed deployment landed to the first healthy outcome at or after it; those that have none are open.'
      : 'From when a failed deployment landed to when the next version landed; those without are open.',
  };
}
