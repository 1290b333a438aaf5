import type { Kill, KilledExit } from 'dojo-testing';
import fc from 'fast-check';

/** For the times that are drawn. */
export const killSeed = 20261122;
/** Of each kind that is drawn or spread, beside a kill at each call. */
const spread = 30;
/** Calls that change nothing: to be killed before the next one is the same as after them. */
const readers = /^(?:access|l?stat|readdir|readlink|realpath|statfs)$/;

const textOf = ({ name, nth }: KilledExit['calls'][number]) => `${name} ${nth}`;

/** At each call of a run that was left alone. */
export function killsAtCalls({ calls }: KilledExit): Kill[] {
  return calls.flatMap((call): Kill[] => [
    { kind: 'call', call, when: 'before' },
    ...(readers.test(call.name)
      ? []
      : [{ kind: 'call' as const, call, when: 'after' as const }]),
  ]);
}

/** Whether it kills at the call that puts the new file in the database's place, or at a later one. */
export function isFromCommitOn({ calls }: KilledExit): (kill: Kill) => boolean {
  const commit = calls.findLastIndex(({ name }) => name === 'rename');
  const from = new Set(calls.slice(commit).map(textOf));
  return kill => kill.kind === 'call' && from.has(textOf(kill.call));
}

/** At each call, and some at changes of the folder and at times. */
export function killsAnywhere(alone: KilledExit): Kill[] {
  const { changes, firstChange, duration } = alone;
  const step = Math.max(1, changes / spread);
  const atChanges = Array.from(
    { length: Math.min(spread, changes) },
    (_, at): Kill => ({
      kind: 'change',
      at: Math.floor(at * step),
      whole: at % 2 === 0,
    }),
  );
  const times = fc.record({
    share: fc.double({ min: 0, max: 0.98, noNaN: true }),
    whole: fc.boolean(),
  });
  const atTimes = fc.sample(times, { seed: killSeed, numRuns: spread }).map(
    ({ share, whole }): Kill => ({
      kind: 'time',
      milliseconds: firstChange * 0.9 + share * (duration - firstChange * 0.9),
      whole,
    }),
  );
  return [...killsAtCalls(alone), ...atChanges, ...atTimes];
}
