import type { DatabaseFacts } from 'dojo-portal-core/delivery';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { factNames, sourceNames } from '../sources/sourceNames';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import { runLimited } from './runLimited';
import type { SourceReading } from './SourceReading';

const atOnce = 4;

/** What {@link DatabaseRefresh} works with. */
export interface DatabaseRefreshOptions {
  readonly index: Pick<
    DeliveryIndex,
    'components' | 'facts' | 'factsOfSource' | 'marksBelow' | 'putFacts'
  >;
  readonly readers: Pick<DeliveryReaders, 'readDatabase'>;
  readonly reading: Pick<SourceReading, 'attempt' | 'attemptAnew'>;
  readonly clock: { now(): Date };
  /** Names of those whose databases are configured. */
  readonly environments: readonly string[];
}

/** Looks at the databases of components in the environments that have them. */
export class DatabaseRefresh {
  readonly #options: DatabaseRefreshOptions;

  constructor(options: DatabaseRefreshOptions) {
    this.#options = options;
  }

  /** Looks at all that are due. */
  async readDue(signal: AbortSignal): Promise<void> {
    const { index, environments, clock } = this.#options;
    const components = await index.components();
    for (const environment of environments) {
      const marks = await index.marksBelow(
        sourceNames.database(environment, ''),
      );
      const now = clock.now().getTime();
      const due = components.filter(({ ref }) => {
        const mark = marks.get(sourceNames.database(environment, ref));
        // The task comes as often as the interval: what would be due within its next half is read now.
        return !mark || mark.nextAt - now < 30_000;
      });
      const known = await index.factsOfSource(factNames.database(environment));
      const knownOf = async (ref: string) => known.get(ref);
      await this.#readAll(
        due,
        { environment, knownOf, how: 'attempt' },
        signal,
      );
    }
  }

  /** Looks at those of one component now. */
  async read(component: IndexedComponent, signal: AbortSignal): Promise<void> {
    const { index, environments } = this.#options;
    for (const environment of environments) {
      const name = factNames.database(environment);
      // Asked for when it is read: another reading may be under way now.
      const knownOf = async (ref: string) =>
        (await index.facts(ref)).find(({ source }) => source === name)?.facts;
      await this.#readAll(
        [component],
        { environment, knownOf, how: 'attemptAnew' },
        signal,
      );
    }
  }

  async #readAll(
    components: readonly IndexedComponent[],
    {
      environment,
      knownOf,
      how,
    }: {
      readonly environment: string;
      readonly knownOf: (ref: string) => Promise<unknown>;
      readonly how: 'attempt' | 'attemptAnew';
    },
    signal: AbortSignal,
  ): Promise<void> {
    const { index, readers, reading } = this.#options;
    await runLimited(
      components,
      { atOnce, perKey: atOnce, keyOf: () => environment, signal },
      async ({ ref, entity: { place } }) => {
        if (place.kind !== 'target') return;
        const { target } = place;
        await reading[how](
          'database',
          sourceNames.database(environment, ref),
          signal,
          async (_before, startedAt) => {
            const before = (await knownOf(ref)) as DatabaseFacts | undefined;
            const facts = await readers.readDatabase(
              target,
              environment,
              before,
              signal,
            );
            if (facts === before) return;
            const name = factNames.database(environment);
            await index.putFacts(ref, name, facts, startedAt);
          },
        );
      },
    );
  }
}
