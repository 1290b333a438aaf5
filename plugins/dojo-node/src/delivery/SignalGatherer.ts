import { setTimeout as sleep } from 'node:timers/promises';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { deliveryChannel } from 'backstage-plugin-dojo-common';

const gatherMs = 500;

/** Tells pages that a component changed: once in half a second for each, and by its generation only. */
export class SignalGatherer {
  readonly #signals: Pick<SignalsService, 'publish'>;
  readonly #gatherMs: number;
  #waiting = new Map<string, number>();
  #sending: Promise<void> | undefined;

  constructor(
    signals: Pick<SignalsService, 'publish'>,
    options: { readonly gatherMs?: number } = {},
  ) {
    this.#signals = signals;
    this.#gatherMs = options.gatherMs ?? gatherMs;
  }

  changed(component: string, generation: number): void {
    this.#waiting.set(component, generation);
    this.#sending ??= this.#send();
  }

  /** Resolves when nothing waits to be told. */
  async idle(): Promise<void> {
    while (this.#sending) await this.#sending;
  }

  async #send(): Promise<void> {
    await sleep(this.#gatherMs, undefined, { ref: false });
    const gathered = this.#waiting;
    this.#waiting = new Map();
    this.#sending = undefined;
    for (const [component, generation] of gathered) {
      // Signals are no promise: pages ask from time to time all the same.
      await this.#signals
        .publish({
          recipients: { type: 'broadcast' },
          channel: deliveryChannel(component),
          message: { generation: String(generation) },
        })
        .catch(() => undefined);
    }
  }
}
