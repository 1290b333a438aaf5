import type { ComponentFacts } from 'dojo-portal-core/delivery';
import type { DeliveryIndex, StoredFacts } from './store/DeliveryIndex';
import type { IndexedComponent } from './store/IndexedComponent';
import { composeFacts, marksOf, SourceSettings } from './sources/composeFacts';

/** Components whose facts are kept in memory as they were parsed; one with 200 releases has some megabytes. */
const maxKept = 40;

/** What the index knows of a component, as the rules want it. */
export class StoredDeliveries {
  readonly #index: Pick<DeliveryIndex, 'facts' | 'marks'>;
  readonly #settings: SourceSettings;
  readonly #kept = new Map<
    string,
    { generation: number; facts: Promise<StoredFacts[]> }
  >();

  constructor(
    index: Pick<DeliveryIndex, 'facts' | 'marks'>,
    settings: SourceSettings,
  ) {
    this.#index = index;
    this.#settings = settings;
  }

  async read(component: IndexedComponent, now: Date): Promise<ComponentFacts> {
    const [stored, marks] = await Promise.all([
      this.#factsOf(component),
      this.#index.marks(marksOf(component, this.#settings)),
    ]);
    return composeFacts(component, stored, marks, this.#settings, now);
  }

  #factsOf({ ref, generation }: IndexedComponent): Promise<StoredFacts[]> {
    const known = this.#kept.get(ref);
    this.#kept.delete(ref);
    const entry =
      known?.generation === generation
        ? known
        : { generation, facts: this.#index.facts(ref) };
    this.#kept.set(ref, entry);
    entry.facts.catch(() => this.#kept.delete(ref));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKept) break;
      this.#kept.delete(oldest);
    }
    return entry.facts;
  }
}
