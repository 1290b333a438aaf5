import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { DojoError } from 'backstage-plugin-dojo-common';
import type {
  DatabaseFacts,
  InfraFacts,
  RepositoryFacts,
} from 'dojo-portal-core/delivery';
import type { RegistryConfig } from 'dojo-portal-core/release';
import knexFactory, { Knex } from 'knex';
import { Access } from '../../access/Access';
import type { EnvironmentConfig } from '../../config/readDojoConfig';
import { createDeliveries } from '../createDeliveries';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { databaseFacts, infraFacts, repositoryFacts } from './deliveryFacts';

/** What the systems behind the readers say; a test changes it. */
export interface DeliveryWorld {
  repository: RepositoryFacts | DojoError;
  infra: InfraFacts | DojoError;
  database: DatabaseFacts | DojoError;
}

export const unreachable = new DojoError({
  code: 'GIT_DENIED',
  kind: 'unavailable',
  message: 'the host does not answer',
  hint: 'Try again.',
});

export function component(
  name: string,
  annotations: Record<string, string> = {
    'dojo/repository': `file:${name}.git`,
  },
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', owner: 'accounting', lifecycle: 'production' },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/accounting' }],
  };
}

export const owner = mockCredentials.user('user:default/owner');

/** The deliveries of some components over a database in memory, with readers of a world that the test changes. */
export async function startDeliveries(
  options: {
    readonly entities?: Entity[];
    readonly knex?: Knex;
    /** Permissions that nobody has. */
    readonly denied?: readonly string[];
    readonly environments?: readonly EnvironmentConfig[];
    readonly registries?: readonly RegistryConfig[];
    readonly scaffolder?: Partial<ScaffolderService>;
    readonly agentTasks?: (
      ids: readonly string[],
    ) => Promise<ReadonlySet<string>>;
  } = {},
) {
  const { denied = [], entities = [component('ledger')] } = options;
  let now = new Date('2026-11-29T12:00:00.000Z');
  const world: DeliveryWorld = {
    repository: repositoryFacts(),
    infra: infraFacts(),
    database: databaseFacts,
  };
  const said = <T extends object>(facts: T | DojoError): T => {
    if (facts instanceof DojoError) throw facts;
    return facts;
  };
  const readers = {
    readRepository: jest.fn(async () => said(world.repository)),
    readInfra: jest.fn(
      async (_infra: string, targets: readonly { name: string }[]) => {
        const facts = said(world.infra);
        return {
          head: facts.head,
          components: Object.fromEntries(
            targets.map(({ name }) => [name, facts]),
          ),
        };
      },
    ),
    readDatabase: jest.fn(async () => said(world.database)),
    checkImage: jest.fn(
      async (): Promise<'same' | 'missing' | 'differs'> => 'same',
    ),
    followCluster: jest.fn(async (): Promise<never> => {
      throw unreachable;
    }),
    readLog: jest.fn(async () => ({ lines: ['hello'] })),
  } satisfies DeliveryReaders;
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async checks =>
      checks.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    ),
    authorizeConditional: jest.fn(
      async (checks): Promise<PolicyDecision[]> =>
        checks.map(() => ({ result: AuthorizeResult.ALLOW })),
    ),
  });
  const catalog = catalogServiceMock({ entities });
  const createEvent = jest.fn(async () => ({
    success: jest.fn(),
    fail: jest.fn(),
  }));
  const auditor = mockServices.auditor.mock({ createEvent });
  const stop = new AbortController();
  const knex =
    options.knex ??
    knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
  const publish = jest.fn(async () => {});
  const parts = createDeliveries({
    config: {
      allow: {
        repositories: [{ pattern: 'file:*' }],
        images: [{ pattern: '*/*' }],
        infra: [],
      },
      environments: options.environments ?? [
        { name: 'dev', database: { file: '/data/{component}.duckdb' } },
      ],
      infra: { repository: 'file:infra.git' },
      allowedHosts: [],
      registries: options.registries ?? [],
      metrics: { hotfixWindowMs: 86_400_000 },
    },
    knex,
    readers,
    access: new Access({ auditor, permissions }),
    permissions,
    catalog,
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['group:default/accounting'],
    }),
    auth: mockServices.auth(),
    scaffolder: {
      listTasks: async () => ({ items: [], totalItems: 0 }),
      getLogs: async () => [],
      ...options.scaffolder,
    },
    ...(options.agentTasks && { agentTasks: options.agentTasks }),
    signals: { publish },
    gatherMs: 1,
    logger: mockServices.logger.mock(),
    clock: { now: () => now },
    chance: () => 0.5,
    signal: stop.signal,
  });
  await parts.index.prepare();
  const { signal } = stop;
  return {
    ...parts,
    parts,
    world,
    readers,
    permissions,
    catalog,
    createEvent,
    publish,
    knex,
    signal,
    /** Lets time pass. */
    pass(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
    /** All that is due is read, and the list is up to date. */
    async readAll() {
      await parts.entities.read(signal);
      await parts.infra.read(signal);
      await parts.repositories.readDue(signal);
      await parts.databases.readDue(signal);
      await parts.refresher.readRuns();
      await parts.refresher.idle();
      await parts.listings.idle();
    },
    async stop() {
      stop.abort(new Error('the test is over'));
      await parts.refresher.idle();
      await parts.listings.idle();
      await parts.signals.idle();
      if (!options.knex) await knex.destroy();
    },
  };
}
