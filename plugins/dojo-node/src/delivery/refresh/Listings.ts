import type { LoggerService } from '@backstage/backend-plugin-api';
import { deliveryRow, DeliveryRules } from 'dojo-portal-core/delivery';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { StoredDeliveries } from '../StoredDeliveries';

/** What {@link Listings} works with. */
export interface ListingsOptions {
  readonly index: Pick<DeliveryIndex, 'component' | 'putListing'>;
  readonly stored: Pick<StoredDeliveries, 'read'>;
  readonly rules: { at(now: Date): DeliveryRules };
  readonly clock: { now(): Date };
  readonly logger: LoggerService;
}

/** Keeps how components stand in the list: those whose facts changed, one after the other. */
export class Listings {
  readonly #options: ListingsOptions;
  readonly #waiting = new Set<string>();
  #work: Promise<void> | undefined;

  constructor(options: ListingsOptions) {
    this.#options = options;
  }

  /** Has the listing of a component made anew in the background. */
  renew(ref: string): void {
    this.#waiting.add(ref);
    this.#work ??= this.#drain().finally(() => {
      this.#work = undefined;
    });
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#work) await this.#work;
  }

  async #drain(): Promise<void> {
    const { index, stored, rules, clock, logger } = this.#options;
    for (const ref of this.#waiting) {
      this.#waiting.delete(ref);
      try {
        const component = await index.component(ref);
        if (!component) continue;
        const now = clock.now();
        const facts = await stored.read(component, now);
        await index.putListing(ref, deliveryRow(facts, rules.at(now), now));
      } catch (error) {
        logger.warn(
          `The listing of ${ref} could not be made`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }
}
