import type { UserInfoService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  Deliveries as DeliveryList,
  DeliveriesQuery,
  deliveriesQuerySchema,
  DeliveryHistory,
  DeliveryHistoryQuery,
  deliveryHistoryQuerySchema,
  DeliveryLog,
  DeliveryMeasures,
  DeliveryMeasuresQuery,
  deliveryMeasuresQuerySchema,
  DeliveryMove,
  DeliveryMoveQuery,
  deliveryMoveQuerySchema,
  DeliveryWhere,
  parseInput,
} from 'backstage-plugin-dojo-common';
import { dojoDeliveryLogsPermission } from 'backstage-plugin-dojo-common/permissions';
import {
  assembleDelivery,
  checkRef,
  ComponentFacts,
  DeliveryRules,
  findRef,
  historyOf,
  measuresOf,
  movedSentence,
  moveOf,
} from 'dojo-portal-core/delivery';
import type { Access } from '../access/Access';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import { serviceErrors } from '../errors/serviceErrors';
import { withBackstageErrors } from '../errors/withBackstageErrors';
import type {
  Deliveries,
  DeliveryCallOptions,
  DeliveryRequest,
} from './Deliveries';
import { etagOf } from './etagOf';
import { pageOfHistory } from './history/pageOfHistory';
import { indexErrors } from './indexErrors';
import type { ListMirror } from './list/ListMirror';
import { pageOf } from './list/pageOf';
import { notSetUp } from './notSetUp';
import type { DeliveryReaders } from './read/DeliveryReaders';
import type { Refresher } from './refresh/Refresher';
import type { DeliveryIndex } from './store/DeliveryIndex';
import type { IndexedComponent } from './store/IndexedComponent';
import type { StoredDeliveries } from './StoredDeliveries';
import type { DeliveryAccess } from './who/DeliveryAccess';

const logDeadlineMs = 5_000;

/** What {@link DeliveriesService} works with. */
export interface DeliveriesServiceOptions {
  readonly access: Pick<Access, 'audited' | 'require'>;
  readonly who: DeliveryAccess;
  readonly catalog: CatalogService;
  readonly userInfo: UserInfoService;
  readonly index: Pick<DeliveryIndex, 'component'>;
  readonly stored: Pick<StoredDeliveries, 'read'>;
  readonly mirror: Pick<ListMirror, 'read'>;
  readonly refresher: Pick<
    Refresher,
    'adopt' | 'ask' | 'opened' | 'prefer' | 'pushed' | 'sharedSources'
  >;
  readonly readers: Pick<DeliveryReaders, 'readLog'>;
  readonly rules: { at(now: Date): DeliveryRules };
  readonly environments: Pick<Environments, 'list' | 'get'>;
  /** Where a repository of a name could be. */
  readonly exampleAddress: (name: string) => string;
  readonly clock: { now(): Date };
}

/** The deliveries of components out of the index: who may, and what the rules make of the facts. */
export class DeliveriesService implements Deliveries {
  readonly #options: DeliveriesServiceOptions;

  constructor(options: DeliveriesServiceOptions) {
    this.#options = options;
  }

  async get(request: DeliveryRequest, options: DeliveryCallOptions) {
    return withBackstageErrors(async () => {
      const { refresher, clock } = this.#options;
      const { component, caller } = await this.#open(request, options);
      const now = clock.now();
      const rules = this.#options.rules.at(now);
      refresher.opened(component);
      if (component.entity.place.kind === 'none') {
        const delivery = notSetUp(
          component,
          rules,
          this.#options.exampleAddress,
        );
        return { delivery, etag: etagOf(delivery, component.generation) };
      }
      const facts = await this.#options.stored.read(component, now);
      const generation = String(component.generation);
      const delivery = assembleDelivery(facts, rules, caller, {
        now,
        generation,
      });
      return { delivery, etag: etagOf(delivery, component.generation) };
    });
  }

  async refresh(request: DeliveryRequest, options: DeliveryCallOptions) {
    return withBackstageErrors(async () => {
      const { access, refresher } = this.#options;
      const { component } = await this.#open(request, options);
      return access.audited(
        {
          eventId: 'delivery-refresh',
          severityLevel: 'low',
          meta: { component: component.ref },
          credentials: options.credentials,
        },
        async () => {
          await refresher.ask(component);
          return { generation: String(component.generation) };
        },
        () => ({ meta: {} }),
      );
    });
  }

  pushed(addresses: readonly string[]): void {
    this.#options.refresher.pushed(addresses);
  }

  async list(
    written: DeliveriesQuery,
    { credentials }: DeliveryCallOptions,
  ): Promise<DeliveryList> {
    return withBackstageErrors(async () => {
      const { mirror, who, userInfo, refresher, clock } = this.#options;
      const query = parseInput(
        deliveriesQuerySchema,
        written,
        'question for deliveries',
      );
      const { listed, generation } = await mirror.read();
      const readable = await who.readable(
        listed.map(({ ref }) => ref),
        credentials,
      );
      const shown = listed.filter(({ ref }) => readable.has(ref));
      const owners = await ownersOf(credentials, userInfo);
      const page = pageOf(shown, query, owners);
      refresher.prefer(page.rows.map(({ component }) => component));
      return {
        generation,
        now: clock.now().toISOString(),
        ...page,
        sources: await refresher.sharedSources(clock.now()),
        ownsAny: shown.some(({ listing: { row } }) =>
          owners.includes(row.owner?.toLowerCase() ?? ''),
        ),
      };
    });
  }

  async history(
    request: DeliveryRequest & { readonly query: DeliveryHistoryQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryHistory> {
    return withBackstageErrors(async () => {
      const query = parseInput(
        deliveryHistoryQuerySchema,
        request.query,
        'question for the history',
      );
      const { facts, rules } = await this.#read(request, options);
      return pageOfHistory(historyOf(facts, rules), query, facts);
    });
  }

  async measures(
    request: DeliveryRequest & { readonly query: DeliveryMeasuresQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryMeasures> {
    return withBackstageErrors(async () => {
      const { environment, days } = parseInput(
        deliveryMeasuresQuerySchema,
        request.query,
        'question for the measures',
      );
      const { facts, rules, now } = await this.#read(request, options);
      if (environment !== undefined)
        this.#options.environments.get(environment);
      return measuresOf(facts, rules, {
        days: Number(days) === 90 ? 90 : 30,
        now,
        ...(environment !== undefined && { environment }),
      });
    });
  }

  async move(
    request: DeliveryRequest & { readonly query: DeliveryMoveQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryMove> {
    return withBackstageErrors(async () => {
      const { environment, version, from, rollback } = parseInput(
        deliveryMoveQuerySchema,
        request.query,
        'question what a version changes',
      );
      const { facts, rules, caller } = await this.#read(request, options);
      this.#options.environments.get(environment);
      const isRollback = rollback === 'true';
      return moveOf(facts, rules, caller, {
        environment,
        version,
        isRollback,
        ...(from !== undefined && { from }),
      });
    });
  }

  async where(
    request: DeliveryRequest & { readonly ref: string },
    options: DeliveryCallOptions,
  ): Promise<DeliveryWhere> {
    return withBackstageErrors(async () => {
      const ref = checkRef(request.ref);
      const { facts, rules } = await this.#read(request, options);
      return findRef(facts, rules, ref);
    });
  }

  async movedTags(request: DeliveryRequest, options: DeliveryCallOptions) {
    return withBackstageErrors(async () => {
      const { facts } = await this.#read(request, options);
      const { repository } = facts;
      const releases =
        repository.kind === 'repository' ? repository.releases : [];
      return Object.fromEntries(
        releases.flatMap(({ tag, moved }) =>
          moved === undefined ? [] : [[tag, movedSentence(tag, moved)]],
        ),
      );
    });
  }

  async log(
    request: DeliveryRequest & { readonly environment: string },
    options: DeliveryCallOptions,
  ): Promise<DeliveryLog> {
    return withBackstageErrors(async () => {
      const { access, readers, environments } = this.#options;
      const { credentials, signal } = options;
      const { environment } = request;
      const { component } = await this.#open(request, options);
      const { ref, entity } = component;
      return access.audited(
        {
          eventId: 'delivery-log',
          severityLevel: 'medium',
          meta: { component: ref, environment },
          credentials,
        },
        async () => {
          await access.require(
            [{ permission: dojoDeliveryLogsPermission, resourceRef: ref }],
            credentials,
          );
          const { cluster } = environments.get(environment);
          if (!cluster) throw indexErrors.notObserved(environment);
          if (entity.place.kind === 'none') {
            throw serviceErrors.repositoryMissing(ref);
          }
          if (entity.place.kind === 'refused') {
            throw indexErrors.refusedBefore(entity.place.error);
          }
          const deadline = AbortSignal.timeout(logDeadlineMs);
          return readers.readLog(
            entity.place.target,
            environment,
            signal ? AbortSignal.any([signal, deadline]) : deadline,
          );
        },
        () => ({ meta: {} }),
      );
    });
  }

  async #read(
    request: DeliveryRequest,
    options: DeliveryCallOptions,
  ): Promise<{
    facts: ComponentFacts;
    rules: DeliveryRules;
    caller: Awaited<ReturnType<DeliveryAccess['callerOf']>>;
    now: Date;
  }> {
    const { stored, rules, clock } = this.#options;
    const { component, caller } = await this.#open(request, options);
    const now = clock.now();
    return {
      facts: await stored.read(component, now),
      rules: rules.at(now),
      caller,
      now,
    };
  }

  /** The permission comes first: nothing is read for who may not. */
  async #open(
    request: DeliveryRequest,
    { credentials }: DeliveryCallOptions,
  ): Promise<{
    component: IndexedComponent;
    caller: Awaited<ReturnType<DeliveryAccess['callerOf']>>;
  }> {
    const { who, environments, index, catalog, refresher } = this.#options;
    const ref = toComponentRef(request.component);
    const names = environments.list().map(({ name }) => name);
    const caller = await who.callerOf(ref, names, credentials);
    const known = await index.component(ref);
    if (known) return { component: known, caller };
    // Registered since the catalog was read last, or the index was dropped.
    const entity = await catalog.getEntityByRef(ref, { credentials });
    if (!entity) throw serviceErrors.componentNotFound(ref);
    return { component: await refresher.adopt(ref, entity), caller };
  }
}

async function ownersOf(
  credentials: DeliveryCallOptions['credentials'],
  userInfo: UserInfoService,
): Promise<string[]> {
  const { type } = credentials.principal as { type?: string };
  if (type !== 'user') return [];
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  return ownershipEntityRefs.map(ref => ref.toLowerCase());
}
