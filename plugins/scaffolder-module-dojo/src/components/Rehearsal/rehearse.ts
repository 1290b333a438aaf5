import {
  type DojoClient,
  isDojoError,
  type MigrationPlanBody,
  type Operation,
} from 'backstage-plugin-dojo-common';

// A database of a few megabytes is rehearsed within a second; one of gigabytes is looked at less often.
const firstLookAfter = 250;
const looksAtMostEvery = 2_000;
/** Longer than a run may take (`deadline`, 30 minutes unless it is chosen otherwise). */
const givesUpAfter = 35 * 60_000;
/** Looks in a row that may fail before the rehearsal counts as lost: a backend that restarts is away for seconds. */
const failuresAllowed = 5;

/** How far a rehearsal is. `elapsed` in milliseconds. */
export interface RehearsalProgress {
  readonly lines: readonly string[];
  readonly elapsed: number;
}

/** How a rehearsal ended; `overdue`: it was given up. */
export type RehearsalEnd =
  | { readonly kind: 'ended'; readonly operation: Operation }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'overdue' };

/** Options of {@link rehearse}. */
export interface RehearseOptions {
  /** Cancels the rehearsal, in the backend too, however far it is. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RehearsalProgress) => void;
}

/**
 * Starts a rehearsal and follows it to its end. It is never left behind: when the signal aborts, when it takes longer
 * than it may, or when it can no longer be followed, the backend is told to stop it.
 *
 * @throws DojoError where it cannot be started, followed or cancelled
 */
export async function rehearse(
  client: DojoClient,
  body: MigrationPlanBody,
  options: RehearseOptions,
): Promise<RehearsalEnd> {
  const { signal } = options;
  // Without the signal: a request that is cut tells no id, and what it began could not be cancelled.
  const started = await client.startRehearsal(body);
  try {
    const operation = await follow(client, started, options);
    if (operation) return { kind: 'ended', operation };
  } catch (error) {
    if (!signal.aborted) {
      await client.cancelOperation(started.id).catch(() => {});
      throw error;
    }
  }
  const stopped = await client.cancelOperation(started.id);
  if (stopped.state === 'done') return { kind: 'ended', operation: stopped };
  return { kind: signal.aborted ? 'cancelled' : 'overdue' };
}

/** The operation once it has ended; undefined: it was cancelled, or it is overdue. */
async function follow(
  client: DojoClient,
  started: Operation,
  { signal, onProgress }: RehearseOptions,
): Promise<Operation | undefined> {
  const begin = performance.now();
  let operation = started;
  let failures = 0;
  let pause = firstLookAfter;
  while (!signal.aborted) {
    const elapsed = performance.now() - begin;
    if (operation.state !== 'running') return operation;
    if (elapsed > givesUpAfter) return undefined;
    onProgress({ lines: operation.lines, elapsed });
    await passed(pause, signal);
    if (signal.aborted) return undefined;
    pause = Math.min(pause * 1.5, looksAtMostEvery);
    try {
      operation = await client.getOperation(started.id, { signal });
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > failuresAllowed || !mayPass(error)) throw error;
    }
  }
  return undefined;
}

function mayPass(error: unknown): boolean {
  return isDojoError(error) && error.kind === 'unavailable';
}

/** Resolves after the time, or at once when the signal aborts. */
async function passed(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const done = new AbortController();
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { signal: done.signal },
    );
  });
  done.abort();
}
