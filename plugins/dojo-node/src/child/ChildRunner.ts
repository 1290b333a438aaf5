import type { ChildRequest, Outcome } from 'backstage-plugin-dojo-common';
import { createTemporaryFolder } from 'dojo-portal-core/local';
import type { z } from 'zod/v3';
import type { DojoConfig } from '../config/readDojoConfig';
import { childErrors } from './childErrors';
import type { ChildSlots } from './ChildSlots';
import { createDeadline } from './createDeadline';
import { runDojoCommand } from './runDojoCommand';

/** What a child is asked to do, and on whose behalf. */
export interface ChildWork<TResult extends z.ZodTypeAny> {
  /** Who asks. */
  readonly initiator: string;
  readonly mode: 'plan' | 'run';
  /** What it does in a run, for errors: `a release`. */
  readonly what: string;
  /** Complete entity ref of what it is done to. */
  readonly component: string;
  /** Seconds that a run may wait for others, beside what it does itself; default 0. */
  readonly waits?: number;
  /** Made when its turn has come, since credentials in it may be short-lived. */
  readonly toRequest: () => Promise<ChildRequest>;
  /** What it answers. */
  readonly result: TResult;
}

/** Options of {@link ChildRunner.run}. */
export interface ChildRunOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the run's log; default: nowhere. */
  readonly log?: (line: string) => void;
  /** Called with each outcome as soon as it is known; default: the result alone has them. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What {@link ChildRunner} works with. */
export interface ChildRunnerOptions {
  readonly config: Pick<DojoConfig, 'plans' | 'temporaryRoot'>;
  /** For plans; what was reviewed waits for nobody. */
  readonly slots: ChildSlots;
  /** The `dojo` command's JavaScript file. */
  readonly command: string;
  /** What the names of its temporary folders begin with. */
  readonly temporaryPrefix: string;
}

/** Seconds of a run: a registry that is slow and a forge that says "later" have their time. */
const runSeconds = 3_600;
/** A run plans too, and has more room for it: nobody starts one but for what was reviewed. */
const runMemoryBytes = 1024 * 1024 * 1024;
/** Milliseconds between SIGTERM and SIGKILL of a plan: it has nothing to put away. */
const planGrace = 1_000;
const whenLost: Readonly<Record<'plan' | 'run', string>> = {
  plan: 'Nothing was written. Plan again.',
  run: 'Run it again: what is done stays done, and the rest is finished.',
};

/**
 * Runs the `dojo` command in a child process within the limits of plans and runs, so that what a repository holds can
 * neither stop this process nor outlive them.
 */
export class ChildRunner {
  readonly #options: ChildRunnerOptions;

  constructor(options: ChildRunnerOptions) {
    this.#options = options;
  }

  /** @throws DojoError of the command, COMMAND_DEADLINE and the like; the signal's reason. */
  async run<TResult extends z.ZodTypeAny>(
    work: ChildWork<TResult>,
    options: ChildRunOptions,
  ): Promise<z.output<TResult>> {
    const { config, slots } = this.#options;
    const { mode, initiator, waits = 0 } = work;
    const seconds = mode === 'plan' ? config.plans.seconds : runSeconds + waits;
    const deadline = createDeadline(options.signal, `${seconds}s`, () =>
      childErrors.deadline(subjectOf(work), seconds, whenLost[mode]),
    );
    const { signal } = deadline;
    const start = () => this.#runIn(work, { ...options, signal });
    try {
      return mode === 'plan'
        ? await slots.run({ initiator, signal }, start)
        : await start();
    } finally {
      deadline.clear();
    }
  }

  async #runIn<TResult extends z.ZodTypeAny>(
    work: ChildWork<TResult>,
    { signal, log = () => {}, onOutcome }: ChildRunOptions,
  ): Promise<z.output<TResult>> {
    const { config, command, temporaryPrefix } = this.#options;
    const { mode, toRequest, result } = work;
    const request = await toRequest();
    const folder = await createTemporaryFolder(
      config.temporaryRoot,
      temporaryPrefix,
    );
    try {
      return await runDojoCommand({
        command,
        request,
        result,
        folder: folder.path,
        what: subjectOf(work),
        whenLost: whenLost[mode],
        signal,
        log,
        ...(onOutcome && { onOutcome }),
        maxMemoryBytes:
          mode === 'plan' ? config.plans.memoryBytes : runMemoryBytes,
        ...(mode === 'plan' && { grace: planGrace }),
      });
    } finally {
      await folder.dispose();
    }
  }
}

function subjectOf({ mode, what, component }: ChildWork<z.ZodTypeAny>): string {
  return `${mode === 'plan' ? 'a plan' : what} of ${component}`;
}
