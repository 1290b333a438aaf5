import type { InfraFacts, Landing } from 'dojo-portal-core/delivery';
import type { DeliveryReaders, InfraReading } from '../read/DeliveryReaders';
import { factNames, sourceNames } from '../sources/sourceNames';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import type { SourceReading } from './SourceReading';

/** What {@link InfraRefresh} works with. */
export interface InfraRefreshOptions {
  readonly index: Pick<DeliveryIndex, 'components' | 'putFacts' | 'state'>;
  readonly readers: Pick<DeliveryReaders, 'readInfra'>;
  readonly reading: Pick<SourceReading, 'attempt' | 'attemptAnew'>;
  /** Address of the repository where a component names none. */
  readonly infra: string | undefined;
}

/** Reads the repositories of overlays: each of them once for all of its components. */
export class InfraRefresh {
  readonly #options: InfraRefreshOptions;
  readonly #known = new Map<
    string,
    {
      readonly epoch: string;
      readonly reading: InfraReading;
      /** What the index has of it, by component. */
      readonly put: ReadonlyMap<string, InfraFacts>;
    }
  >();

  constructor(options: InfraRefreshOptions) {
    this.#options = options;
  }

  /** Reads all of them, or, since something happened to a component, the one that it has its overlays in. */
  async read(signal: AbortSignal, of?: IndexedComponent): Promise<void> {
    const all = await this.#options.index.components();
    const byAddress = new Map<string, IndexedComponent[]>();
    for (const component of all) {
      const address = this.addressOf(component);
      if (address === undefined) continue;
      byAddress.set(address, [...(byAddress.get(address) ?? []), component]);
    }
    const asked = of && this.addressOf(of);
    await Promise.all(
      [...byAddress]
        .filter(([address]) => of === undefined || address === asked)
        .map(([address, components]) =>
          this.#readOne(
            address,
            components,
            of ? 'attemptAnew' : 'attempt',
            signal,
          ),
        ),
    );
  }

  /** What git wants of a component somewhere, as this process read it last. */
  wantedOf(
    component: string,
    environment: string,
  ): { readonly digest?: string } | undefined {
    for (const { reading } of this.#known.values()) {
      const wanted = reading.components[component]?.wanted[environment];
      if (wanted?.kind !== 'version') continue;
      return wanted.digest === undefined ? {} : { digest: wanted.digest };
    }
    return undefined;
  }

  /** The landing that a component has somewhere now, as this process read it last, and in which repository. */
  landingOf(
    component: string,
    environment: string,
  ): { readonly infra: string; readonly landing: Landing } | undefined {
    for (const [infra, { reading }] of this.#known) {
      const facts = reading.components[component];
      const wanted = facts?.wanted[environment];
      if (wanted?.kind !== 'version') continue;
      const landing = facts.landings.find(
        each =>
          each.environment === environment && each.commit === wanted.commit,
      );
      return landing && { infra, landing };
    }
    return undefined;
  }

  addressOf({ entity }: IndexedComponent): string | undefined {
    return entity.place.kind === 'target'
      ? entity.place.target.infra ?? this.#options.infra
      : undefined;
  }

  async #readOne(
    address: string,
    components: readonly IndexedComponent[],
    how: 'attempt' | 'attemptAnew',
    signal: AbortSignal,
  ): Promise<void> {
    const { index, readers, reading } = this.#options;
    await reading[how](
      'infra',
      sourceNames.infra(address),
      signal,
      async (_before, startedAt) => {
        const { epoch } = await index.state();
        const kept = this.#known.get(address);
        const known = kept?.epoch === epoch ? kept : undefined;
        const now = await readers.readInfra(
          address,
          components.flatMap(({ entity: { place } }) =>
            place.kind === 'target' ? [place.target] : [],
          ),
          known?.reading,
          signal,
        );
        const put = new Map<string, InfraFacts>();
        for (const { ref, entity } of components) {
          if (entity.place.kind !== 'target') continue;
          const facts =
            now.components[entity.place.target.name] ?? noOverlays(now.head);
          const before = known?.put.get(ref);
          const isSame =
            before === facts || (before && isEmpty(before) && isEmpty(facts));
          if (!isSame) {
            await index.putFacts(ref, factNames.infra, facts, startedAt);
          }
          put.set(ref, isSame ? before : facts);
        }
        this.#known.set(address, { epoch, reading: now, put });
      },
    );
  }
}

/** Of a component that never had an overlay. */
function noOverlays(head: string): InfraFacts {
  return {
    kind: 'infra',
    head,
    wanted: {},
    overlayUrls: {},
    waiting: {},
    landings: [],
  };
}

/** Its head alone tells nothing: it moves with the overlays of others. */
function isEmpty({ wanted, waiting, landings }: InfraFacts): boolean {
  return (
    landings.length === 0 &&
    Object.keys(wanted).length === 0 &&
    Object.keys(waiting).length === 0
  );
}
