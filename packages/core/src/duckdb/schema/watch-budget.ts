import { stat } from 'node:fs/promises';
import type { JudgeOptions } from '../../migrate/ports';

/** A replay took more than it was given. */
export class BudgetExceeded extends Error {}

const lookMilliseconds = 100;
const second = 1_000;
const mebibyte = 1024 * 1024;

/** What ends a replay that takes too long, or writes too much. */
export interface WatchedBudget {
  /** Aborted with {@link BudgetExceeded}, or as the one that was given. */
  readonly signal: AbortSignal;
  stop(): void;
}

/** @param path of the file that the replay writes. */
export function watchBudget(
  path: string,
  { signal, budget }: JudgeOptions,
): WatchedBudget {
  if (budget === undefined) return { signal, stop: () => undefined };
  const { milliseconds, bytes } = budget;
  const exceeded = new AbortController();
  const end = (why: string) => exceeded.abort(new BudgetExceeded(why));
  const timer = setTimeout(
    () => end(`it takes longer than ${milliseconds / second} s`),
    milliseconds,
  );
  const look = setInterval(async () => {
    const size = await stat(path).then(
      found => found.size,
      () => 0,
    );
    if (size > bytes) end(`it writes more than ${bytes / mebibyte} MiB`);
  }, lookMilliseconds);
  return {
    signal: AbortSignal.any([signal, exceeded.signal]),
    stop: () => {
      clearTimeout(timer);
      clearInterval(look);
    },
  };
}
