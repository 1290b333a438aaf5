import type { FailureCause } from './failure-cause';
import type { Judgement } from './judge-object';

/** Milliseconds after which a rollout that says nothing says that it goes on. */
export const heartbeat = 30_000;

/** Objects that a line names; of others it tells the number. */
const maxNamed = 3;
/** Lines of one rollout about its objects: what goes up and down for hours does not fill the log. */
const maxLines = 1_000;

/** Writes what changes in a rollout, each thing once. */
export class RolloutLog {
  readonly #write: (line: string) => void;
  readonly #states = new Map<string, string>();
  readonly #told = new Set<string>();
  #lines = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** One line where an object's reason has changed, and one for each cause that is new. */
  judged(object: string, { health, causes }: Judgement): void {
    for (const cause of causes) this.#cause(cause);
    const { status, reason, message } = health;
    const state = `${status} ${reason}`;
    const before = this.#states.get(object);
    if (state === before) return;
    this.#states.set(object, state);
    // That something is there from the beginning is no change; and a cause says more than what follows from it.
    if (status === 'Current' && before === undefined) return;
    if (status !== 'Current') {
      if (causes.length > 0 || this.#isTold(`${object} ${state}`)) return;
    }
    this.#line(`${object}: ${status}, ${reason}: ${message}`);
  }

  /** What keeps the rollout from its end, where nothing has been said for long. */
  waits(
    pending: readonly (readonly [object: string, judgement: Judgement])[],
    total: number,
    left: number,
  ): void {
    this.#write(
      `waits for ${pending.length} of ${total} objects, ${durationOf(
        left,
      )} left: ${describePending(pending)}`,
    );
  }

  /** The cause that ended it, with what is known of it. */
  ended({ object, sentence, hint, log = [] }: FailureCause): void {
    this.#write(`the rollout has failed: ${object}: ${sentence}`);
    for (const line of log) this.#write(`  | ${line}`);
    this.#write(hint);
  }

  #cause({ object, code, sentence }: FailureCause): void {
    if (this.#isTold(`${object} ${code}`)) return;
    this.#line(`${object}: ${sentence}`);
  }

  #isTold(id: string): boolean {
    if (this.#told.has(id)) return true;
    this.#told.add(id);
    return false;
  }

  #line(line: string): void {
    this.#lines += 1;
    if (this.#lines <= maxLines) this.#write(line);
    if (this.#lines === maxLines) {
      this.#write('further changes of objects are not told');
    }
  }
}

/** `Deployment/dev/a (0 of 1 pods are ready), and 4 more` */
export function describePending(
  pending: readonly (readonly [object: string, judgement: Judgement])[],
): string {
  const named = pending
    .slice(0, maxNamed)
    .map(([object, { health }]) => `${object} (${health.message})`);
  const more = pending.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function durationOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
