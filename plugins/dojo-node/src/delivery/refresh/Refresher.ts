import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '@backstage/catalog-model';
import type { DeliverySource } from 'backstage-plugin-dojo-common';
import type { RunReading } from '../runs/RunReading';
import type { SourceSettings } from '../sources/composeFacts';
import { sourceNames } from '../sources/sourceNames';
import { toSource } from '../sources/toSource';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import type { CatalogRefresh } from './CatalogRefresh';
import type { ClusterWatch } from './ClusterWatch';
import type { DatabaseRefresh } from './DatabaseRefresh';
import type { InfraRefresh } from './InfraRefresh';
import type { PushRefresh } from './PushRefresh';
import type { RepositoryRefresh } from './RepositoryRefresh';

/** Who asks for a component again sooner waits until then. */
const askedEveryMs = 10_000;
/** What a tab shows is read again when it is opened and older than this. */
const openedAfterMs = 60_000;
const runsEveryMs = 3_000;

/** What {@link Refresher} works with. */
export interface RefresherOptions {
  readonly index: Pick<DeliveryIndex, 'component' | 'marks' | 'takeLease'>;
  readonly settings: SourceSettings;
  readonly catalog: Pick<CatalogRefresh, 'again' | 'put'>;
  readonly repositories: Pick<RepositoryRefresh, 'prefer' | 'join' | 'read'>;
  readonly infra: Pick<InfraRefresh, 'read'>;
  readonly databases: Pick<DatabaseRefresh, 'read' | 'readDue'>;
  readonly runs: Pick<RunReading, 'read'>;
  readonly pushes: Pick<PushRefresh, 'read'>;
  readonly watches: readonly Pick<ClusterWatch, 'takeIn'>[];
  readonly clock: { now(): Date };
  /** Ends what is done in the background. */
  readonly signal: AbortSignal;
  /** Name of this process among the replicas. */
  readonly holder: string;
  /** Resolves after so many milliseconds, or when the signal aborts; default: by the system's timer. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What is read beside the intervals: of one component, because somebody asks or something happened to it. */
export class Refresher {
  readonly #options: RefresherOptions;
  readonly #background = new Set<Promise<unknown>>();
  #following: Promise<void> | undefined;
  /** A run began since those were read that are followed. */
  #isOneMore = false;
  /** Components that are read once more when the time between two readings is over. */
  readonly #askedAgain = new Set<string>();

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** Takes a component in that the index does not know yet, and has it read. */
  async adopt(ref: string, entity: Entity): Promise<IndexedComponent> {
    const { index, catalog } = this.#options;
    await catalog.put(entity);
    const component = await index.component(ref);
    if (!component) throw new Error(`${ref} could not be taken in`);
    this.#start(() => this.tookIn(component));
    return component;
  }

  /**
   * Reads for components that the index took in what is read at intervals of its own: else they would wait for the next one, and
   * for the next word of each cluster. What is wanted comes first, then what is there.
   *
   * @param component - the one that it was; default: several
   */
  async tookIn(component?: IndexedComponent): Promise<void> {
    const { infra, watches, databases, signal } = this.#options;
    await infra.read(signal, component);
    await Promise.all([
      ...watches.map(watch => watch.takeIn()),
      component ? databases.read(component, signal) : databases.readDue(signal),
    ]);
  }

  /**
   * Has the sources of a component read in the background, at most once in ten seconds on all replicas together. What changed
   * since the last reading, for whoever asks sooner, is read when the ten seconds are over.
   */
  async ask(component: IndexedComponent): Promise<void> {
    if (await this.#isTurn(component)) {
      this.#start(() => this.#readAll(component, true));
      return;
    }
    const { ref } = component;
    if (this.#askedAgain.has(ref)) return;
    this.#askedAgain.add(ref);
    const { wait = waitFor, signal } = this.#options;
    void wait(askedEveryMs, signal)
      .finally(() => this.#askedAgain.delete(ref))
      .then(() =>
        this.#start(async () => {
          // Where it is not: somebody else has asked since, and what that reads is later still.
          if (await this.#isTurn(component)) {
            await this.#readAll(component, true);
          }
        }),
      );
  }

  #isTurn({ ref }: IndexedComponent): Promise<boolean> {
    const { index, holder } = this.#options;
    // A lease that nobody renews.
    const asker = `${holder}:${randomUUID()}`;
    return index.takeLease(`asked:${ref}`, asker, askedEveryMs);
  }

  /**
   * A tab shows it: what is older than a minute is read in the background. Of one that lacks something its entity is read: who
   * was told so mends it, and looks.
   */
  opened(component: IndexedComponent): void {
    const { index, repositories, databases, clock, signal } = this.#options;
    if (component.entity.place.kind !== 'target') {
      this.#start(() => this.#lookAgain(component.ref));
      return;
    }
    repositories.prefer([component.ref]);
    this.#start(async () => {
      const source = sourceNames.repository(component.ref);
      const mark = (await index.marks([source])).get(source);
      const now = clock.now().getTime();
      const isFailing = mark !== undefined && mark.failures > 0;
      if (isFailing && mark.nextAt > now) return;
      if (mark && now - (mark.asOf ?? 0) < openedAfterMs) return;
      await Promise.all([
        repositories.join(component, signal),
        // Else it would wait its turn behind all those that the index took in.
        ...(mark ? [] : [databases.read(component, signal)]),
      ]);
    });
  }

  /** These come first where all are read. */
  prefer(refs: readonly string[]): void {
    this.#options.repositories.prefer(refs);
  }

  /** A repository was pushed to: what is known by it is read in the background. @param addresses - its own */
  pushed(addresses: readonly string[]): void {
    this.#start(() => this.#options.pushes.read(addresses));
  }

  /** A run on a component has begun or ended. */
  happened(ref: string, phase: 'started' | 'ended'): void {
    this.#start(async () => {
      this.#followRuns(0);
      if (phase === 'started') return;
      const component = await this.#options.index.component(ref);
      if (component) await this.#readAll(component, false);
    });
  }

  /** Reads the runs now, and again as long as there are any. */
  async readRuns(): Promise<void> {
    const { open, ended } = await this.#options.runs.read(this.#options.signal);
    for (const ref of ended) this.happened(ref, 'ended');
    if (open > 0) this.#followRuns(runsEveryMs);
  }

  /** How fresh what all components share is. */
  async sharedSources(now: Date): Promise<DeliverySource[]> {
    const { index, settings } = this.#options;
    const { infra, environments } = settings;
    const clusters = environments.filter(({ observed }) => observed);
    const marks = await index.marks([
      sourceNames.tasks,
      ...(infra === undefined ? [] : [sourceNames.infra(infra)]),
      ...clusters.map(({ name }) => sourceNames.cluster(name)),
    ]);
    return [
      ...(infra === undefined
        ? []
        : [
            toSource(
              'infra',
              'infra',
              marks.get(sourceNames.infra(infra)),
              now,
            ),
          ]),
      ...clusters.map(({ name }) =>
        toSource(
          `cluster:${name}`,
          'cluster',
          marks.get(sourceNames.cluster(name)),
          now,
        ),
      ),
      toSource('tasks', 'tasks', marks.get(sourceNames.tasks), now),
    ];
  }

  /** Resolves when nothing is done in the background any more. */
  async idle(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  async #lookAgain(ref: string): Promise<void> {
    const { index, catalog, repositories, signal } = this.#options;
    if (!(await catalog.again(ref))) return;
    const component = await index.component(ref);
    if (component?.entity.place.kind !== 'target') return;
    await Promise.all([
      this.tookIn(component),
      repositories.join(component, signal),
    ]);
  }

  async #readAll(
    component: IndexedComponent,
    everything: boolean,
  ): Promise<void> {
    const { repositories, infra, databases, signal } = this.#options;
    await Promise.all([
      repositories.read(component, signal, everything),
      infra.read(signal, component),
      databases.read(component, signal),
    ]);
  }

  #followRuns(firstInMs: number): void {
    this.#isOneMore = true;
    this.#following ??= this.#follow(firstInMs).finally(() => {
      this.#following = undefined;
    });
  }

  async #follow(firstInMs: number): Promise<void> {
    const { runs, infra, signal } = this.#options;
    for (let wait = firstInMs; ; wait = this.#isOneMore ? 0 : runsEveryMs) {
      await waitFor(wait, signal);
      if (signal.aborted) return;
      this.#isOneMore = false;
      const { open, ended } = await runs.read(signal);
      for (const ref of ended) this.happened(ref, 'ended');
      if (open === 0 && !this.#isOneMore) return;
      // What a run landed is wanted from then on: else its version would come up, or fail, under the name of the one before.
      await infra.read(signal);
    }
  }

  #start(work: () => Promise<unknown>): void {
    if (this.#options.signal.aborted) return;
    const running: Promise<unknown> = work()
      .catch(() => undefined)
      .finally(() => this.#background.delete(running));
    this.#background.add(running);
  }
}

async function waitFor(
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(
    () => undefined,
  );
}
