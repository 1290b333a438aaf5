import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import type { EndedRun, FailedRun } from 'dojo-portal-core/delivery';

/** What the scaffolder said of a component. */
export interface TaskFacts {
  readonly runs: readonly DeliveryRun[];
  readonly failures: readonly FailedRun[];
  /** Newest first; absent: none is known. */
  readonly ended?: readonly EndedRun[];
}

/** What registries said of the images of a component, by version. */
export type ImageChecks = Readonly<
  Record<
    string,
    {
      readonly digest: string;
      readonly check: 'same' | 'missing' | 'differs';
      readonly checkedAt: string;
    }
  >
>;
