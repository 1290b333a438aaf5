import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Deliveries, DojoClient } from 'backstage-plugin-dojo-common';
import {
  DeliveryReaders,
  dojoDeliveryReadersRef,
} from 'backstage-plugin-dojo-node';
import dojoPlugin from './index';

const sha = 'a'.repeat(40);
const commit = {
  sha,
  subject: 'feat: accounts have a currency',
  author: 'Ada',
  at: '2026-11-01T00:00:00.000Z',
  level: 'minor' as const,
  reason: 'feat',
  breaking: false,
};

const readers: DeliveryReaders = {
  readRepository: async () => ({
    kind: 'repository',
    branch: 'main',
    head: sha,
    lines: [
      {
        branch: 'main',
        head: sha,
        commits: [commit],
        omitted: 0,
        count: 1,
        counting: 1,
        breaking: 0,
      },
    ],
    releases: [],
    olderReleases: 0,
  }),
  readInfra: async () => ({ head: sha, components: {} }),
  readDatabase: async () => ({
    level: { kind: 'none' },
    applied: [],
    restores: [],
  }),
  checkImage: async () => 'same',
  followCluster: () => new Promise(() => {}),
  readLog: async () => ({ lines: [] }),
};

/** The plugin with its own index, over readers of a test. */
async function start() {
  const backend = await startTestBackend({
    features: [
      dojoPlugin,
      catalogServiceMock.factory({
        entities: ['ledger', 'shop'].map(name => ({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name,
            annotations: { 'dojo/repository': `file:${name}.git` },
          },
        })),
      }),
      createServiceFactory({
        service: dojoDeliveryReadersRef,
        deps: {},
        factory: () => readers,
      }),
      mockServices.rootConfig.factory({
        data: {
          dojo: {
            localForge: { root: '/nowhere' },
            allow: { repositories: [{ pattern: 'file:*' }] },
            environments: [{ name: 'dev', title: 'Development' }],
          },
        },
      }),
    ],
  });
  const client = new DojoClient({
    discoveryApi: {
      getBaseUrl: async () =>
        `http://localhost:${backend.server.port()}/api/dojo`,
    },
    fetchApi: { fetch },
  });
  return { backend, client };
}

async function listOf(client: DojoClient, rows: number): Promise<Deliveries> {
  const end = Date.now() + 30_000;
  for (;;) {
    const list = await client.listDeliveries({ sort: 'name' });
    if (list.rows.length === rows) return list;
    if (Date.now() > end) throw new Error(`${list.rows.length} rows in time`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** What the repository said, once it was read. */
async function firstLineOf(client: DojoClient): Promise<unknown> {
  for (const end = Date.now() + 30_000; ; ) {
    const now = await client.getDelivery('ledger');
    const line =
      now?.delivery.kind === 'delivery' ? now.delivery.lines[0] : undefined;
    if (line) return line;
    if (Date.now() > end) throw new Error('the repository was not read');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Resolves when a question with the tag of the last answer brings nothing. */
async function untilNothingChanges(client: DojoClient): Promise<void> {
  for (const end = Date.now() + 30_000; ; ) {
    const now = await client.getDelivery('ledger');
    const { etag = '' } = now ?? {};
    if ((await client.getDelivery('ledger', { etag })) === undefined) return;
    if (Date.now() > end) throw new Error('each answer has another tag');
  }
}

describe('dojoPlugin with its index', () => {
  it('lists what the catalog has, and tells what the sources said', async () => {
    const { backend, client } = await start();
    const { rows, total } = await listOf(client, 2);
    expect([total, rows.map(({ component }) => component)]).toEqual([
      2,
      ['component:default/ledger', 'component:default/shop'],
    ]);

    const known = await client.getDelivery('ledger');
    expect(known?.delivery).toMatchObject({
      kind: 'delivery',
      environments: [{ name: 'dev', title: 'Development' }],
    });
    await client.refreshDelivery('ledger');
    await expect(firstLineOf(client)).resolves.toMatchObject({
      commits: [commit],
    });
    await untilNothingChanges(client);
    await backend.stop();
  });

  it('says of a component that is not there what it says of one that may not be read', async () => {
    const { backend, client } = await start();
    await expect(client.getDelivery('nothing')).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
    });
    await backend.stop();
  });
});
