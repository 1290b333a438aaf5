import { Outcome, isDojoError } from 'backstage-plugin-dojo-common';
import { effectErrors } from './effect-errors';

/** What a system holds under an effect's key. */
export type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'as-planned' }
  | { readonly kind: 'pending'; readonly detail: string }
  | {
      readonly kind: 'different';
      readonly detail: string;
      /** What to do; default: plan again. */
      readonly hint?: string;
    };

/**
 * One change to one outside system, under a key of its own.
 *
 * An effect never remembers: `find` asks the system, so a run that was killed
 * anywhere is finished by running the same plan again.
 */
export interface Effect {
  /** Unique in the plan and stable over runs: `ref refs/tags/v1.2.0`. */
  readonly key: string;
  /** Reads what is there now. */
  find(signal: AbortSignal): Promise<Found>;
  /** Makes it so, or throws. It may be cut short at any point. */
  create(signal: AbortSignal): Promise<void>;
}

/** Options of {@link settle}. */
export interface SettleOptions {
  readonly signal: AbortSignal;
  /** Called once per effect, in plan order, as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Settles effects in plan order, whatever an earlier run or another runner
 * left. After one that failed or is still waiting, the rest is
 * `not-attempted`.
 *
 * @returns one outcome per effect, in plan order. Only an abort is thrown.
 */
export async function settle(
  effects: readonly Effect[],
  options: SettleOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let open = true;
  for (const effect of effects) {
    const outcome: Outcome = open
      ? await settleOne(effect, options.signal)
      : { kind: 'not-attempted', key: effect.key };
    open &&= outcome.kind === 'done' || outcome.kind === 'already-done';
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  }
  return outcomes;
}

async function settleOne(
  effect: Effect,
  signal: AbortSignal,
): Promise<Outcome> {
  const { key } = effect;
  let cause: unknown;
  try {
    signal.throwIfAborted();
    const before = await effect.find(signal);
    if (before.kind !== 'absent') return fromFound(key, before, 'already-done');
    await effect.create(signal);
  } catch (error) {
    signal.throwIfAborted();
    cause = error;
  }

  // The reply may be lost, or another runner may have been first: what the
  // system holds decides, not the error.
  try {
    const after = await effect.find(signal);
    if (after.kind !== 'absent') return fromFound(key, after, 'done');
  } catch (error) {
    signal.throwIfAborted();
    cause ??= error;
  }
  const error = isDojoError(cause)
    ? cause
    : effectErrors.notEffective(key, cause);
  return { kind: 'failed', key, error: error.toJSON() };
}

function fromFound(
  key: string,
  found: Exclude<Found, { kind: 'absent' }>,
  settled: 'done' | 'already-done',
): Outcome {
  switch (found.kind) {
    case 'as-planned':
      return { kind: settled, key };
    case 'pending':
      return { kind: 'waiting', key, detail: found.detail };
    case 'different':
      return {
        kind: 'failed',
        key,
        error: effectErrors.conflict(key, found.detail, found.hint).toJSON(),
      };
    default:
      return assertNever(found);
  }
}

function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
