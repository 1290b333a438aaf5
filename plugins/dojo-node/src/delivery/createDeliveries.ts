import { randomUUID } from 'node:crypto';
import type {
  AuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import type { Access } from '../access/Access';
import { Environments } from '../config/Environments';
import type { DojoConfig } from '../config/readDojoConfig';
import { DeliveriesService } from './DeliveriesService';
import { DeliveryRulesSource } from './DeliveryRulesSource';
import { ListMirror } from './list/ListMirror';
import { exampleAddresses } from './notSetUp';
import type { DeliveryReaders } from './read/DeliveryReaders';
import { registryProblems } from './read/registryProblems';
import { CatalogRefresh } from './refresh/CatalogRefresh';
import { ClusterWatch } from './refresh/ClusterWatch';
import { DatabaseRefresh } from './refresh/DatabaseRefresh';
import { ImageRefresh } from './refresh/ImageRefresh';
import { InfraRefresh } from './refresh/InfraRefresh';
import { Listings } from './refresh/Listings';
import { OutcomeNoter } from './refresh/OutcomeNoter';
import { PushRefresh } from './refresh/PushRefresh';
import { Refresher } from './refresh/Refresher';
import { RepositoryRefresh } from './refresh/RepositoryRefresh';
import { SourceReading, SourceReadingOptions } from './refresh/SourceReading';
import { RunReading } from './runs/RunReading';
import { SignalGatherer } from './SignalGatherer';
import type { SourceSettings } from './sources/composeFacts';
import { DeliveryIndex } from './store/DeliveryIndex';
import { StoredDeliveries } from './StoredDeliveries';
import { DeliveryAccess } from './who/DeliveryAccess';

/** What the deliveries are made of that is not their own. */
export interface CreateDeliveriesOptions {
  readonly config: Pick<
    DojoConfig,
    | 'allow'
    | 'allowedHosts'
    | 'environments'
    | 'infra'
    | 'localForgeRoot'
    | 'metrics'
    | 'registries'
  >;
  readonly knex: Knex;
  readonly readers: DeliveryReaders;
  readonly access: Access;
  readonly permissions: PermissionsService;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly userInfo: UserInfoService;
  readonly auth: AuthService;
  readonly scaffolder: Pick<ScaffolderService, 'listTasks' | 'getLogs'>;
  /** Which of some tasks were started by an agent; default: nobody knows of any. */
  readonly agentTasks?: (
    taskIds: readonly string[],
  ) => Promise<ReadonlySet<string>>;
  readonly signals: Pick<SignalsService, 'publish'>;
  /** How long changes of a component are gathered before pages are told, in ms; default: 500. */
  readonly gatherMs?: number;
  readonly logger: LoggerService;
  readonly clock: { now(): Date };
  /** From 0 to 1; default: by chance. */
  readonly chance?: () => number;
  readonly onReading?: SourceReadingOptions['onReading'];
  /** Ends what is done in the background. */
  readonly signal: AbortSignal;
}

/** The parts of the deliveries, wired; nothing is read before it is asked for. */
export type DeliveryParts = ReturnType<typeof createDeliveries>;

export function createDeliveries(options: CreateDeliveriesOptions) {
  const { config, knex, readers, catalog, integrations, auth } = options;
  const { clock, logger, signal, chance = Math.random } = options;
  const environments = new Environments(config);
  const settings: SourceSettings = {
    environments: config.environments.map(({ name, cluster, database }) => ({
      name,
      observed: cluster !== undefined,
      migrates: database !== undefined,
    })),
    ...(config.infra && { infra: config.infra.repository }),
    registryProblem: registryProblems(config.registries),
  };
  const holder = randomUUID();
  const signals = new SignalGatherer(options.signals, options);
  // What is made below listens to what is made first.
  let renew: (ref: string) => void = () => {};
  const index = new DeliveryIndex({
    knex,
    clock,
    onChange(ref, generation, what) {
      if (what !== 'listing') renew(ref);
      signals.changed(ref, generation);
    },
  });
  const stored = new StoredDeliveries(index, settings);
  const rules = new DeliveryRulesSource({
    config,
    environments,
    catalog,
    auth,
  });
  const listings = new Listings({ index, stored, rules, clock, logger });
  renew = ref => listings.renew(ref);
  const renewAll = async () => {
    for (const { ref } of await index.components()) renew(ref);
  };
  const tellAll = async () => {
    for (const { ref, generation } of await index.components()) {
      signals.changed(ref, generation);
    }
  };
  const onTurn = (source: string) => {
    const ref = /(?:^|:)(component:.+)$/.exec(source)?.[1];
    if (ref !== undefined) renew(ref);
    else void renewAll().catch(() => undefined);
  };
  const reading = new SourceReading({
    index,
    clock,
    chance,
    logger,
    ...(options.onReading && { onReading: options.onReading }),
    onTurn,
  });
  const infra = new InfraRefresh({
    index,
    readers,
    reading,
    infra: settings.infra,
  });
  const images = new ImageRefresh({ index, readers, reading, clock });
  const repositories = new RepositoryRefresh({
    index,
    readers,
    reading,
    clock,
    onRead: (component, until) => images.readDue(component, until),
  });
  const databases = new DatabaseRefresh({
    index,
    readers,
    reading,
    clock,
    environments: settings.environments
      .filter(({ migrates }) => migrates)
      .map(({ name }) => name),
  });
  const entities = new CatalogRefresh({
    index,
    reading,
    catalog,
    auth,
    integrations,
    allow: config.allow,
    clock,
  });
  const runs = new RunReading({
    index,
    reading,
    scaffolder: options.scaffolder,
    auth,
    ...(options.agentTasks && { agentTasks: options.agentTasks }),
  });
  const outcomes = new OutcomeNoter({
    landingOf: (component, environment) =>
      infra.landingOf(component, environment),
    readers,
    clock,
    logger,
    signal,
  });
  const clusters = settings.environments
    .filter(({ observed }) => observed)
    .map(({ name }) => ({
      name,
      watch: new ClusterWatch({
        environment: name,
        index,
        readers,
        reading,
        wantedOf: (component, environment) =>
          infra.wantedOf(component, environment),
        onSeen: (component, environment, facts) =>
          outcomes.seen(component, environment, facts),
        // Else what comes up, or fails, would do so under the name of what was wanted before.
        onOtherHealth: component => {
          infra.read(signal, component).catch(() => undefined);
        },
        clock,
        onTurn,
      }),
    }));
  const pushes = new PushRefresh({ index, repositories, infra, signal });
  const refresher = new Refresher({
    index,
    settings,
    catalog: entities,
    repositories,
    infra,
    databases,
    runs,
    pushes,
    watches: clusters.map(({ watch }) => watch),
    clock,
    signal,
    holder,
  });
  const deliveries = new DeliveriesService({
    access: options.access,
    who: new DeliveryAccess({
      permissions: options.permissions,
      catalog,
      clock,
    }),
    catalog,
    userInfo: options.userInfo,
    index,
    stored,
    mirror: new ListMirror(index),
    refresher,
    readers,
    rules,
    environments,
    exampleAddress: exampleAddresses(config),
    clock,
  });
  return {
    deliveries,
    index,
    rules,
    listings,
    signals,
    entities,
    repositories,
    infra,
    databases,
    clusters,
    pushes,
    refresher,
    holder,
    renewAll,
    tellAll,
  };
}
