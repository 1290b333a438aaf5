import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { ListedComponent } from '../store/IndexedComponent';

/**
 * The listings of the index in memory, about 1 KB a component: what is asked for with every filter, order and set of
 * permissions is answered without a query for each. Before each use it takes in what changed since the last one, whoever
 * wrote it.
 */
export class ListMirror {
  readonly #index: Pick<DeliveryIndex, 'state' | 'listingsAfter'>;
  #epoch = '';
  #generation = -1;
  /** Rows of the table, the removed ones too. */
  #refs = new Set<string>();
  #listed = new Map<string, ListedComponent>();
  #reading: Promise<void> | undefined;

  constructor(index: Pick<DeliveryIndex, 'state' | 'listingsAfter'>) {
    this.#index = index;
  }

  /** All listings as they are now. */
  async read(): Promise<{
    readonly generation: string;
    readonly listed: readonly ListedComponent[];
  }> {
    this.#reading ??= this.#update().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return {
      generation: String(this.#generation),
      listed: [...this.#listed.values()],
    };
  }

  async #update(): Promise<void> {
    const state = await this.#index.state();
    const isSame =
      state.epoch === this.#epoch && state.generation >= this.#generation;
    if (!isSame) this.#forget();
    if (state.generation !== this.#generation) await this.#take();
    // Rows that were deleted leave no generation behind.
    if (this.#refs.size !== state.components) {
      this.#forget();
      await this.#take();
    }
    this.#epoch = state.epoch;
    this.#generation = Math.max(this.#generation, state.generation);
  }

  #forget(): void {
    this.#generation = -1;
    this.#refs = new Set();
    this.#listed = new Map();
  }

  async #take(): Promise<void> {
    for (const row of await this.#index.listingsAfter(this.#generation)) {
      const { ref, listing, entity, isRemoved } = row;
      this.#refs.add(ref);
      if (isRemoved || listing === undefined) this.#listed.delete(ref);
      else {
        const { system } = entity;
        this.#listed.set(ref, { ref, listing, ...(system && { system }) });
      }
      this.#generation = Math.max(this.#generation, row.generation);
    }
  }
}
