import type { ClientPorts } from '../wire/api-client';
import { pauseAfter } from '../wire/retry-schedule';

/** Milliseconds after which a stream that brought nothing was no failure. */
const longEnough = 5_000;

/** How soon a stream is opened again that ended, and for how long it is tried while none brings anything. */
export class Resumption {
  readonly #ports: ClientPorts;
  #began = 0;
  #fruitless = 0;
  #since: number | undefined;

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  /** A stream is opened. */
  begin(): void {
    this.#began = this.#now();
  }

  /** It brought something. */
  progressed(): void {
    this.#fruitless = 0;
    this.#since = undefined;
    // What follows is measured from here.
    this.#began = Number.NEGATIVE_INFINITY;
  }

  /**
   * It ended: waits as long as its fruitless predecessors make wise, which is not at all after one that brought something.
   *
   * @param failure what it ended with; absent: the server ended it in order.
   * @throws the failure, where there were nothing but such for as long as a request is repeated.
   */
  async pause(failure: Error | undefined, signal: AbortSignal): Promise<void> {
    const now = this.#now();
    if (now - this.#began >= longEnough) {
      this.progressed();
      // One that was cut at once after some good ones is resumed at once too.
      return;
    }
    this.#fruitless += 1;
    this.#since ??= now;
    const pause = pauseAfter(
      { kind: 'wire', isSent: true },
      {
        attempts: this.#fruitless,
        elapsed: now - this.#since,
        answered: true,
        repeat: 'always',
        random: this.#ports.random(),
      },
    );
    if (pause === undefined && failure !== undefined) throw failure;
    await this.#ports.sleep(pause ?? longEnough, signal);
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}
