import { z } from 'zod/v3';
import { dojoErrorSchema } from './dojo-error';

const key = z.string();

/**
 * How one effect of a plan ended. A run reports one per effect, in plan order, also when it fails.
 * `waiting`: the system still works on it; run again later.
 */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), key }),
  z.object({ kind: z.literal('already-done'), key }),
  z.object({ kind: z.literal('waiting'), key, detail: z.string() }),
  z.object({ kind: z.literal('failed'), key, error: dojoErrorSchema }),
  z.object({ kind: z.literal('not-attempted'), key }),
]);

/** @public */
export type Outcome = z.infer<typeof outcomeSchema>;

/** An outcome of an effect that did not come about: it failed, or the system still works on it. @public */
export type UnsettledOutcome = Extract<Outcome, { kind: 'failed' | 'waiting' }>;

/**
 * The first effect, in plan order, that did not come about; undefined where all of them did. It decides how a run is
 * judged as a whole: exit code, task and audit.
 *
 * @public
 */
export function firstUnsettled(
  effects: readonly Outcome[],
): UnsettledOutcome | undefined {
  return effects.find(
    (outcome): outcome is UnsettledOutcome =>
      outcome.kind === 'failed' || outcome.kind === 'waiting',
  );
}

/**
 * An outcome in one line, for task log and stderr: `done: refs main + v1.2.0`. A failed effect adds its error's message,
 * a waiting one what it waits for.
 *
 * @public
 */
export function describeOutcome(outcome: Outcome): string {
  const line = `${outcome.kind}: ${outcome.key}`;
  if (outcome.kind === 'waiting') return `${line}: ${outcome.detail}`;
  if (outcome.kind === 'failed') return `${line}: ${outcome.error.message}`;
  return line;
}
