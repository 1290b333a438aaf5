/**
 * The portal's backend over a PostgreSQL: Backstage's catalog with generated components, sign-in, permissions, the example
 * policy, and the plugin `dojo` with readers that are fakes. Says `ready <url>` once its index is whole; ends with its
 * input. Started by run.mjs:
 *
 *     … serve-portal.ts <components> <port>
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { dojoDeliveryReadersRef } from '../../plugins/dojo-node/src/delivery/dojoDeliveryReadersRef';
import type { DeliveryReaders } from '../../plugins/dojo-node/src/delivery/read/DeliveryReaders';
import {
  entitiesOf,
  environments,
  infraOf,
  repositoryOf,
} from './generated-facts';

const count = Number(process.argv[2]);
const port = Number(process.argv[3]);
const url = `http://127.0.0.1:${port}`;
const withinMs = 170_000;

const config = new ConfigReader({
  app: { baseUrl: url },
  backend: {
    baseUrl: url,
    listen: { host: '127.0.0.1', port },
    database: { client: 'pg', connection: process.env.BENCH_DATABASE },
  },
  auth: {
    providers: {
      guest: {
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest', 'group:default/team1'],
        // More than one: the example policy is asked.
        users: ['user:default/owner', 'user:default/viewer'],
        dangerouslyAllowOutsideDevelopment: true,
      },
    },
  },
  permission: { enabled: true },
  dojo: {
    localForge: { root: '/nowhere' },
    allow: { repositories: [{ pattern: 'file:*' }] },
    infra: { repository: 'file:infra.git' },
    environments: environments.map((name, place) => ({
      name,
      ...(place > 0 && { promotesFrom: environments[place - 1] }),
    })),
  },
});

const readers: Partial<DeliveryReaders> = {
  readRepository: async ({ name }) => repositoryOf(name === 'atlas' ? 200 : 12),
  readInfra: async (_infra, targets) => ({
    head: 'a'.repeat(40),
    components: Object.fromEntries(
      targets.map(({ name }, place) => [name, infraOf(place)]),
    ),
  }),
};

const generated = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'generated',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'generated',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: entitiesOf(count).map(entity => ({
                entity,
                locationKey: 'generated',
              })),
            }),
        });
      },
    });
  },
});

function catalogAlone() {
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('../../packages/backend/src/guest/signInModule'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(import('../../packages/backend/src/policy/policyModule'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(generated);
  return backend;
}

async function main(): Promise<void> {
  // An index that begins beside a catalog that is still being filled looks again half a minute later.
  const first = catalogAlone();
  await first.start();
  await until(
    async () =>
      (await totalOf(
        '/api/catalog/entities/by-query?limit=0&filter=kind=component',
      )) === count,
  );
  await first.stop();

  const backend = catalogAlone();
  backend.add(import('@backstage/plugin-scaffolder-backend'));
  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(
    createServiceFactory({
      service: dojoDeliveryReadersRef,
      deps: {},
      factory: () => readers as DeliveryReaders,
    }),
  );
  backend.add(import('../../plugins/dojo-backend/src'));
  await backend.start();
  await until(async () => {
    const { counts, rows, total } = await ask(
      '/api/dojo/deliveries?sort=released',
    );
    return total === count && counts.unreleased === count && rows.length > 0;
  });
  process.stdout.write(`ready ${url}\n`);
  process.stdin.resume().on('end', () => process.exit(0));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + withinMs; ; await delay(250)) {
    if (await isSo()) return;
    if (Date.now() > end) throw new Error('the index was not whole in time');
  }
}

async function totalOf(path: string): Promise<number> {
  return (await ask(path)).totalItems;
}

async function ask(path: string) {
  const signedIn = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await signedIn.json();
  const answer = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
