/** Notices that nothing comes for a while, as a body's timeout does, for one part of a stream alone. */
export class Silence {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  /** It counts from {@link heard} on. */
  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Aborts once nothing came for so long. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came. */
  heard(): void {
    this.end();
    this.#timer = setTimeout(
      () => this.#controller.abort(new Error('nothing comes')),
      this.#milliseconds,
    );
  }

  /** It is not listened for any more. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
