import type { ClusterFacts } from 'dojo-portal-core/delivery';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { factNames, sourceNames } from '../sources/sourceNames';
import { sourceIntervals } from '../sources/sourceIntervals';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import type { SourceReading } from './SourceReading';

/** Signs of life are written down no more often. */
const markEveryMs = sourceIntervals.cluster / 2;

/** Nothing of a component is in the cluster. */
const nothingThere: ClusterFacts = {
  running: { kind: 'nothing' },
  health: { kind: 'not-deployed' },
  drift: { kind: 'none' },
};

/** What {@link ClusterWatch} works with. */
export interface ClusterWatchOptions {
  readonly environment: string;
  readonly index: Pick<
    DeliveryIndex,
    'components' | 'marks' | 'putFacts' | 'putMarks' | 'state'
  >;
  readonly readers: Pick<DeliveryReaders, 'followCluster'>;
  readonly reading: Pick<SourceReading, 'attempt'>;
  readonly wantedOf: (
    component: string,
    environment: string,
  ) => { readonly digest?: string } | undefined;
  /** Told what the cluster shows of a component, with each change and each sign of life; default: nobody is. */
  readonly onSeen?: (
    component: string,
    environment: string,
    facts: ClusterFacts,
  ) => void;
  /** Told of a component whose health is of another kind than before: something landed, most likely. Default: nobody is. */
  readonly onOtherHealth?: (component: IndexedComponent) => void;
  readonly clock: { now(): Date };
  /** Told of a cluster that answers again, by the name of its source. */
  readonly onTurn?: (source: string) => void;
}

/** Follows what runs in one environment, and keeps it for each component. */
export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  /** By component name, as the cluster said it last. */
  readonly #told = new Map<string, ClusterFacts>();
  /** By ref, as the index has it. */
  #put = new Map<string, ClusterFacts>();
  #epoch = '';
  #isWhole = false;
  #markedAt = 0;
  /** Whether it did not answer when it was asked last. */
  #wasSilent = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
  }

  /** Follows until the signal aborts or the cluster fails; how that went is in the mark of the cluster. */
  async follow(signal: AbortSignal): Promise<void> {
    const { environment, index, readers, reading, wantedOf, clock } =
      this.#options;
    const source = sourceNames.cluster(environment);
    const mark = (await index.marks([source])).get(source);
    if (mark && mark.failures > 0 && mark.nextAt > clock.now().getTime()) {
      return;
    }
    this.#wasSilent = mark !== undefined && mark.failures > 0;
    this.#told.clear();
    this.#put.clear();
    this.#isWhole = false;
    this.#markedAt = 0;
    await reading.attempt('cluster', source, signal, async () => {
      const following = readers.followCluster(
        environment,
        (component, facts) => {
          this.#told.set(component, facts);
          // The first listing is taken in as one.
          if (this.#isWhole) this.#write(() => this.#keep(component));
        },
        signal,
        {
          wanted: component => wantedOf(component, environment),
          onAlive: () => {
            this.#isWhole = true;
            this.#write(() => this.#live(source));
          },
        },
      );
      // Its last sign of life is older than how it ended, and is written first.
      await following.finally(() => this.#writing);
    });
    await this.#writing;
  }

  /** Gives components that the index took in since what the cluster said of them before. */
  async takeIn(): Promise<void> {
    if (this.#isWhole) this.#write(() => this.#keep());
    await this.#writing;
  }

  /** One after the other, so that a later state of a component is not overtaken. */
  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(() => {
      // The index is away: what was not written is written with the next sign of life.
      this.#put.clear();
    });
  }

  async #live(source: string): Promise<void> {
    const { index, clock } = this.#options;
    const now = clock.now().getTime();
    if (now - this.#markedAt < markEveryMs) return;
    this.#markedAt = now;
    await this.#keep();
    await index.putMarks([
      {
        source,
        asOf: now,
        nextAt: now + sourceIntervals.cluster,
        failures: 0,
      },
    ]);
    if (this.#wasSilent) this.#options.onTurn?.(source);
    this.#wasSilent = false;
  }

  /** Brings the index to what was told: of the components of a name, or of all. */
  async #keep(name?: string): Promise<void> {
    const { index, environment, clock, onSeen, onOtherHealth } = this.#options;
    const { epoch } = await index.state();
    if (epoch !== this.#epoch) this.#put = new Map();
    this.#epoch = epoch;
    for (const component of await index.components()) {
      const { ref, entity } = component;
      if (entity.place.kind !== 'target') continue;
      const { target } = entity.place;
      if (name !== undefined && target.name !== name) continue;
      const facts =
        this.#told.get(target.name) ??
        (this.#isWhole ? nothingThere : undefined);
      if (facts === undefined) continue;
      onSeen?.(target.name, environment, facts);
      const before = this.#put.get(ref);
      if (before === facts) continue;
      await index.putFacts(
        ref,
        factNames.cluster(environment),
        facts,
        clock.now(),
      );
      this.#put.set(ref, facts);
      if (before && before.health.kind !== facts.health.kind) {
        onOtherHealth?.(component);
      }
    }
  }
}
