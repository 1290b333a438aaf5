import type { PlannedEffect } from 'backstage-plugin-dojo-common';
import type { Effect } from './effect';

/**
 * One entry of a plan's list of effects: the words that a reviewer reads, and the effect that is settled. Both come from
 * this one entry, so that what is shown and what is done cannot differ in content, key or order.
 *
 * @typeParam TRun what the effects of an engine are made from once they are settled: its ports, and the plan's hash.
 */
export interface EffectStep<TRun> extends PlannedEffect {
  /** Makes the effect. Nothing is read or written until it is settled. */
  toEffect(run: TRun): Omit<Effect, 'key'>;
}

/** The list in words, as a plan carries it: plain JSON. */
export function toPlannedEffects<TRun>(
  steps: readonly EffectStep<TRun>[],
): PlannedEffect[] {
  return steps.map(({ key, text, already }) => ({ key, text, already }));
}

/** The list as effects, for {@link settle}. */
export function toEffects<TRun>(
  steps: readonly EffectStep<TRun>[],
  run: TRun,
): Effect[] {
  return steps.map(step => {
    const effect = step.toEffect(run);
    return {
      key: step.key,
      find: signal => effect.find(signal),
      create: signal => effect.create(signal),
    };
  });
}
