import type { InfraFacts, RepositoryFacts } from 'dojo-portal-core/delivery';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { factNames, sourceNames } from '../sources/sourceNames';
import type { ImageChecks } from '../sources/storedShapes';
import { sourceIntervals } from '../sources/sourceIntervals';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import type { SourceReading } from './SourceReading';

/** Versions whose images are looked at: the latest, and those that are wanted somewhere. */
const maxVersions = 10;

/** What {@link ImageRefresh} works with. */
export interface ImageRefreshOptions {
  readonly index: Pick<DeliveryIndex, 'facts' | 'marks' | 'putFacts'>;
  readonly readers: Pick<DeliveryReaders, 'checkImage'>;
  readonly reading: Pick<SourceReading, 'attempt'>;
  readonly clock: { now(): Date };
}

/**
 * Looks whether the images of the versions that are shown are still what was released: once a day, and each time that the
 * repository is read for one that is not. A release tags its image after its push, so that this may be a moment before.
 */
export class ImageRefresh {
  readonly #options: ImageRefreshOptions;

  constructor(options: ImageRefreshOptions) {
    this.#options = options;
  }

  async readDue(
    { ref, entity: { place } }: IndexedComponent,
    signal: AbortSignal,
  ): Promise<void> {
    const { index, readers, reading, clock } = this.#options;
    if (place.kind !== 'target' || place.target.image === undefined) return;
    const { target } = place;
    const facts = new Map(
      (await index.facts(ref)).map(each => [each.source, each.facts]),
    );
    const known = (facts.get(factNames.registry) ?? {}) as ImageChecks;
    const shown = shownImages(
      facts.get(factNames.repository) as RepositoryFacts | undefined,
      facts.get(factNames.infra) as InfraFacts | undefined,
    );
    const now = clock.now().getTime();
    const source = sourceNames.registry(ref);
    const mark = (await index.marks([source])).get(source);
    const isAsReleased = ({ version, digest }: ShownImage) =>
      known[version]?.digest === digest && known[version].check === 'same';
    // One that fails is left alone for a time.
    const isDue =
      !mark ||
      mark.nextAt <= now ||
      (!shown.every(isAsReleased) && mark.failures === 0);
    if (!isDue) return;
    await reading.attempt(
      'registry',
      source,
      signal,
      async (_before, startedAt) => {
        const checks: Record<string, ImageChecks[string]> = {};
        for (const release of shown) {
          const { version, digest } = release;
          const before = known[version];
          const isFresh =
            isAsReleased(release) &&
            now - Date.parse(before.checkedAt) < sourceIntervals.registry;
          checks[version] = isFresh
            ? before
            : {
                digest,
                check: await readers.checkImage(target, release, signal),
                checkedAt: clock.now().toISOString(),
              };
        }
        await index.putFacts(ref, factNames.registry, checks, startedAt);
      },
    );
  }
}

interface ShownImage {
  readonly version: string;
  readonly digest: string;
}

function shownImages(
  repository: RepositoryFacts | undefined,
  infra: InfraFacts | undefined,
): ShownImage[] {
  const [latest] = repository?.releases ?? [];
  const wanted = Object.values(infra?.wanted ?? {}).flatMap(each =>
    each.kind === 'version' && each.version !== undefined ? [each.version] : [],
  );
  const versions = new Set([...(latest ? [latest.version] : []), ...wanted]);
  return (repository?.releases ?? [])
    .filter(({ version }) => versions.has(version))
    .slice(0, maxVersions)
    .flatMap(({ version, image }) =>
      image.kind === 'digest' ? [{ version, digest: image.digest }] : [],
    );
}
