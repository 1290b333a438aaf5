import type { RepositoryFacts } from 'dojo-portal-core/delivery';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { factNames, sourceNames } from '../sources/sourceNames';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent, SourceMark } from '../store/IndexedComponent';
import { runLimited } from './runLimited';
import type { SourceReading } from './SourceReading';

const day = 24 * 60 * 60 * 1000;
const limits = { atOnce: 8, perKey: 4 };
/** Components that came first lately: the ones that somebody looks at. */
const maxPreferred = 500;

/** What {@link RepositoryRefresh} works with. */
export interface RepositoryRefreshOptions {
  readonly index: Pick<
    DeliveryIndex,
    'components' | 'facts' | 'marksBelow' | 'putFacts'
  >;
  readonly readers: Pick<DeliveryReaders, 'readRepository'>;
  readonly reading: Pick<SourceReading, 'attempt' | 'attemptAnew'>;
  readonly clock: { now(): Date };
  /** Called after each that was read. */
  readonly onRead?: (
    component: IndexedComponent,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** Reads the repositories of components: each about every five minutes, those that somebody looks at first. */
export class RepositoryRefresh {
  readonly #options: RepositoryRefreshOptions;
  readonly #preferred = new Set<string>();
  /** Components of whose repositories the next reading lists all refs. */
  readonly #wholeNext = new Set<string>();

  constructor(options: RepositoryRefreshOptions) {
    this.#options = options;
  }

  /** They come before others when they are due. */
  prefer(refs: readonly string[]): void {
    for (const ref of refs) {
      this.#preferred.delete(ref);
      this.#preferred.add(ref);
    }
    for (const oldest of this.#preferred) {
      if (this.#preferred.size <= maxPreferred) break;
      this.#preferred.delete(oldest);
    }
  }

  /** Reads all that are due. */
  async readDue(signal: AbortSignal): Promise<void> {
    const { index, clock } = this.#options;
    const [components, marks] = await Promise.all([
      index.components(),
      index.marksBelow(sourceNames.repository('')),
    ]);
    const now = clock.now().getTime();
    const due = components
      .filter(hasRepository)
      .map(component => ({
        component,
        mark: marks.get(sourceNames.repository(component.ref)),
      }))
      .filter(({ mark }) => mark === undefined || mark.nextAt <= now)
      .sort(this.#firstThings)
      .map(({ component }) => component);
    await runLimited(due, { ...limits, keyOf: hostOf, signal }, component =>
      this.join(component, signal),
    );
  }

  /** Reads one now, unless it is being read. */
  join(component: IndexedComponent, signal: AbortSignal): Promise<void> {
    return this.#read(component, 'attempt', signal);
  }

  /**
   * Reads one from now on, since somebody asks or something happened to it.
   *
   * @param everything - whether all of its refs are listed; default: where the last time was a day ago
   */
  async read(
    component: IndexedComponent,
    signal: AbortSignal,
    everything = false,
  ): Promise<void> {
    if (everything) this.#wholeNext.add(component.ref);
    await this.#read(component, 'attemptAnew', signal);
  }

  async #read(
    component: IndexedComponent,
    how: 'attempt' | 'attemptAnew',
    signal: AbortSignal,
  ): Promise<void> {
    const { index, readers, reading, clock, onRead } = this.#options;
    const { place } = component.entity;
    if (place.kind !== 'target') return;
    const { ref } = component;
    const ok = await reading[how](
      'repository',
      sourceNames.repository(ref),
      signal,
      async (before, startedAt) => {
        const known = (await index.facts(ref)).find(
          ({ source }) => source === factNames.repository,
        )?.facts as RepositoryFacts | undefined;
        const wholeAt = Number(before?.token ?? 0);
        const isWhole =
          this.#wholeNext.delete(ref) ||
          clock.now().getTime() - wholeAt >= day ||
          !known;
        const facts = await readers.readRepository(
          place.target,
          known,
          signal,
          { everything: isWhole },
        );
        if (facts !== known) {
          await index.putFacts(ref, factNames.repository, facts, startedAt);
        }
        return { token: isWhole ? String(startedAt.getTime()) : before?.token };
      },
    );
    if (ok) await onRead?.(component, signal);
  }

  readonly #firstThings = (one: Due, other: Due): number =>
    Number(this.#preferred.has(other.component.ref)) -
      Number(this.#preferred.has(one.component.ref)) ||
    (one.mark?.nextAt ?? 0) - (other.mark?.nextAt ?? 0);
}

interface Due {
  readonly component: IndexedComponent;
  readonly mark: SourceMark | undefined;
}

function hasRepository({ entity }: IndexedComponent): boolean {
  return entity.place.kind === 'target';
}

function hostOf({ entity: { place } }: IndexedComponent): string {
  if (place.kind !== 'target') return '';
  const { repository } = place.target;
  if (URL.canParse(repository)) return new URL(repository).host || 'file';
  return /^(?:[^@/]+@)?([^:/]+):/.exec(repository)?.[1] ?? 'file';
}
