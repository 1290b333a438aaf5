import type { Outcome } from '../outcome';
import type { ReleaseResult } from '../release/release-result';
import { objectId } from './object-id';
import { plannedRelease } from './planned-release';

/** A run of {@link plannedRelease} that ended so, its effects as given. */
export function executedRelease(
  outcome: 'released' | 'failed',
  effects: Outcome[] = [],
): ReleaseResult {
  const planned = plannedRelease();
  const { release } = planned.plan.decides;
  return {
    ...planned,
    outcome,
    previousVersion: '0.3.0',
    tag: release?.tag,
    commit: objectId('c04f1a9'),
    notes: release?.notes,
    effects,
  };
}
