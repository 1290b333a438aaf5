/** Answers that are kept for some time, by a key; as many as fit, and those that were asked for longest ago go first. */
export class KeptFor<T> {
  readonly #milliseconds: number;
  readonly #clock: { now(): Date };
  readonly #max: number;
  readonly #kept = new Map<string, { until: number; answer: Promise<T> }>();

  constructor(options: {
    readonly milliseconds: number;
    readonly clock: { now(): Date };
    readonly max: number;
  }) {
    this.#milliseconds = options.milliseconds;
    this.#clock = options.clock;
    this.#max = options.max;
  }

  /** What is kept, else what `ask` says; of a failure nothing is kept. */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const now = this.#clock.now().getTime();
    const known = this.#kept.get(key);
    if (known && known.until > now) return known.answer;
    const answer = ask();
    this.#kept.delete(key);
    this.#kept.set(key, { until: now + this.#milliseconds, answer });
    answer.catch(() => {
      if (this.#kept.get(key)?.answer === answer) this.#kept.delete(key);
    });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#max) break;
      this.#kept.delete(oldest);
    }
    return answer;
  }
}
