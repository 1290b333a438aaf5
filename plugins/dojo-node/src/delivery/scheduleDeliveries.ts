import type {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { DeliveryParts } from './createDeliveries';
import { holdLease } from './refresh/holdLease';
import { dojoRunTopic } from './runs/runTopic';
import { sourceIntervals } from './sources/sourceIntervals';
import { sourceNames } from './sources/sourceNames';

/** Providers of the catalog bring their first entities some time after the start; a large catalog goes on longer. */
const settlingMs = 3 * 60_000;
const templatesEveryMs = 60_000;
/** Part of the listings that is made anew with each reading of the catalog: what only the time changes is an hour old at most. */
const renewedPart = 12;

/** What {@link scheduleDeliveries} works with. */
export interface ScheduleDeliveriesOptions {
  readonly parts: DeliveryParts;
  readonly scheduler: SchedulerService;
  readonly events: EventsService;
  readonly clock: { now(): Date };
  readonly logger: LoggerService;
  /** Ends all of it. */
  readonly signal: AbortSignal;
  /** Around each task, such as a span; default: nothing. */
  readonly around?: <T>(name: string, task: () => Promise<T>) => Promise<T>;
}

/** Has the sources read at their intervals, by one replica each, and at what happens. */
export async function scheduleDeliveries(
  options: ScheduleDeliveriesOptions,
): Promise<void> {
  const { parts, scheduler, events, clock, signal } = options;
  const { around = (_name, task) => task() } = options;
  const startedAt = clock.now().getTime();
  let round = 0;
  let isGrowing = false;

  const every = async (
    name: string,
    frequency: { seconds: number } | { minutes: number },
    timeout: SchedulerServiceTaskScheduleDefinition['timeout'],
    work: (until: AbortSignal) => Promise<unknown>,
    scope: 'global' | 'local' = 'global',
  ) =>
    scheduler.scheduleTask({
      id: `dojo-delivery-${name}`,
      frequency,
      timeout,
      scope,
      async fn(until) {
        const ends = until ? AbortSignal.any([until, signal]) : signal;
        await around(`dojo.delivery.${name}`, () => work(ends));
      },
    });

  await every('catalog', { seconds: 30 }, { minutes: 5 }, async until => {
    const { index } = parts;
    const mark = (await index.marks([sourceNames.catalog])).get(
      sourceNames.catalog,
    );
    const now = clock.now().getTime();
    const isSettling = isGrowing || now - startedAt < settlingMs;
    if (mark && mark.nextAt > now && !isSettling) return;
    const { components: before } = await index.state();
    await parts.entities.read(until);
    await renewSome(parts, round++);
    const { components: after } = await index.state();
    isGrowing = after > before;
    if (isGrowing) await parts.refresher.tookIn();
  });
  await every('infra', { seconds: 30 }, { minutes: 5 }, until =>
    parts.infra.read(until),
  );
  await every('repositories', { seconds: 15 }, { minutes: 10 }, until =>
    parts.repositories.readDue(until),
  );
  await every('databases', { seconds: 60 }, { minutes: 10 }, until =>
    parts.databases.readDue(until),
  );
  await every(
    'runs',
    { seconds: sourceIntervals.tasks / 1000 },
    { minutes: 1 },
    () => parts.refresher.readRuns(),
  );
  let templatesAt = 0;
  await every(
    'templates',
    { seconds: 5 },
    { minutes: 1 },
    async () => {
      const now = clock.now().getTime();
      // A verb has no button before its template is there.
      const isSettling = now - startedAt < settlingMs;
      if (!isSettling && now - templatesAt < templatesEveryMs) return;
      const isOther = await parts.rules.readTemplates();
      templatesAt = now;
      // A page that is open would show no button until it asks by itself.
      if (isOther) await parts.tellAll();
    },
    'local',
  );
  await events.subscribe({
    id: 'dojo-delivery-runs',
    topics: [dojoRunTopic],
    async onEvent({ eventPayload }) {
      const { component, phase } = (eventPayload ?? {}) as {
        component?: unknown;
        phase?: unknown;
      };
      if (typeof component !== 'string') return;
      parts.refresher.happened(
        component,
        phase === 'started' ? 'started' : 'ended',
      );
    },
  });
}

/** Follows the clusters, each from one replica, until the signal aborts. */
export async function followClusters({
  parts: { clusters, index, holder },
  signal,
}: Pick<ScheduleDeliveriesOptions, 'parts' | 'signal'>): Promise<void> {
  await Promise.all(
    clusters.map(({ name, watch }) =>
      holdLease(
        {
          take: lengthMs =>
            index.takeLease(sourceNames.cluster(name), holder, lengthMs),
          signal,
        },
        until => watch.follow(until),
      ),
    ),
  );
}

/** A source becomes late, and a commit old, without a word from anybody. */
async function renewSome(parts: DeliveryParts, round: number): Promise<void> {
  const components = await parts.index.components();
  for (const [place, { ref }] of components.entries()) {
    if (place % renewedPart === round % renewedPart) parts.listings.renew(ref);
  }
}
