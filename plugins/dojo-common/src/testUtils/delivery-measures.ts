import type { DeliveryMeasures, EnvironmentMeasures } from '../delivery';
import { before, deliveryNow } from './delivery-time';

/** The figures of production over 90 days, as in the design's picture. */
export function environmentMeasures(
  changes: Partial<EnvironmentMeasures> = {},
): EnvironmentMeasures {
  const days = changes.days ?? 90;
  return {
    environment: 'production',
    days,
    from: before(days, 'd'),
    to: deliveryNow,
    asOf: before(8, 's'),
    deployments: {
      count: 12,
      perDay: Array.from({ length: days }, (_, day) =>
        day % 8 === 3 ? 1 : 0,
      ).map((count, day) => (day === 19 ? count + 1 : count)),
      rollbacks: 2,
      configuration: 1,
    },
    leadTime: {
      medianMs: 1.9 * 86_400_000,
      p90Ms: 4.2 * 86_400_000,
      commits: 48,
      perWeek: [2.6, 2.2, undefined, 2.8, 1.4, 1.7, 1.9].map(
        (medianDays, week) => ({
          from: before((7 - week) * 7, 'd'),
          ...(medianDays !== undefined && {
            medianMs: medianDays * 86_400_000,
          }),
        }),
      ),
    },
    failures: {
      failed: 4,
      of: 12,
      list: [
        {
          id: 'deployment:5d20c18000000000000000000000000000000000',
          reason: 'rollout-failed',
        },
        {
          id: 'deployment:8be1a02000000000000000000000000000000000',
          reason: 'rolled-back',
        },
        {
          id: 'deployment:a0a0000000000000000000000000000000000000',
          reason: 'hotfix',
        },
        {
          id: 'deployment:f00d000000000000000000000000000000000000',
          reason: 'rejected',
        },
      ],
    },
    recovery: {
      medianMs: 360_000,
      count: 3,
      open: ['deployment:5d20c18000000000000000000000000000000000'],
    },
    excluded: {
      first: 1,
      notObserved: 0,
      superseded: 0,
      rangeUnknown: 0,
      skewed: 0,
    },
    rules: {
      deployments:
        'A deployment is a version that landed; rollbacks and changes of the configuration are none.',
      leadTime:
        'From when a commit came to the branch until the deployment that brought it was healthy.',
      failures:
        'Deployments whose rollout failed, or that were rolled back, rejected or followed by a hotfix.',
      recovery: 'From a failed deployment until the next healthy one.',
    },
    ...changes,
  };
}

/** Measures of production alone. */
export function deliveryMeasures(
  environments: EnvironmentMeasures[] = [environmentMeasures()],
): DeliveryMeasures {
  return { environments };
}
