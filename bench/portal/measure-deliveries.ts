/** Fills an index and asks it over HTTP; writes one line of JSON. Started by run.mjs. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import express from 'express';
import knexFactory from 'knex';
import { createDeliveryRouter } from '../../plugins/dojo-backend/src/deliveryRouter';
import { Access } from '../../plugins/dojo-node/src/access/Access';
import { createDeliveries } from '../../plugins/dojo-node/src/delivery/createDeliveries';
import { infraOf, repositoryOf } from './generated-facts';

const count = Number(process.argv[2] ?? 1000);
const environments = ['dev', 'staging', 'production'];
const database = process.env.BENCH_DATABASE;
const asked = 500;

const allow = { result: 'ALLOW' } as const;
const user = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: 'user:default/bench' },
} as never;
const entities = Array.from({ length: count }, (_, place) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: nameOf(place),
    annotations: { 'dojo/repository': `file:${nameOf(place)}.git` },
  },
  relations: [
    { type: 'ownedBy', targetRef: `group:default/team${place % 20}` },
  ],
}));

function nameOf(place: number): string {
  return place === 0 ? 'atlas' : `service-${place}`;
}

async function main(): Promise<void> {
  const knex = database
    ? knexFactory({ client: 'pg', connection: database })
    : knexFactory({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
  const stop = new AbortController();
  const parts = createDeliveries({
    config: {
      allow: {
        repositories: [{ pattern: 'file:*' }],
        images: [],
        infra: [],
      },
      environments: environments.map((name, place) => ({
        name,
        ...(place > 0 && { promotesFrom: environments[place - 1] }),
      })),
      infra: { repository: 'file:infra.git' },
      metrics: { hotfixWindowMs: 86_400_000 },
    },
    knex,
    readers: {
      readRepository: async ({ name }) =>
        repositoryOf(name === 'atlas' ? 200 : 12),
      readInfra: async (_infra, targets) => ({
        head: 'a'.repeat(40),
        components: Object.fromEntries(
          targets.map(({ name }, place) => [name, infraOf(place)]),
        ),
      }),
    },
    access: new Access({ auditor: {}, permissions: {} } as never),
    permissions: {
      authorize: async (checks: unknown[]) => checks.map(() => allow),
      authorizeConditional: async () => [allow],
    },
    catalog: {
      queryEntities: async () => ({ items: entities, pageInfo: {} }),
      getEntities: async () => ({ items: entities }),
      getEntitiesByRefs: async () => ({ items: [entities[0]] }),
    },
    integrations: { byUrl: () => undefined },
    userInfo: {
      getUserInfo: async () => ({
        ownershipEntityRefs: ['group:default/team1'],
      }),
    },
    auth: { getOwnServiceCredentials: async () => user },
    scaffolder: {
      listTasks: async () => ({ items: [], totalItems: 0 }),
      getLogs: async () => [],
    },
    signals: { publish: async () => {} },
    logger: { warn: (...said: unknown[]) => process.stderr.write(`${said}\n`) },
    clock: { now: () => new Date() },
    signal: stop.signal,
  } as never);
  await parts.index.prepare();

  const filled = performance.now();
  await parts.entities.read(stop.signal);
  await parts.infra.read(stop.signal);
  await parts.repositories.readDue(stop.signal);
  await parts.listings.idle();
  const figures: Record<string, number> = {
    'index filled from nothing': round(performance.now() - filled),
  };
  const quietCpu = process.cpuUsage();
  const quiet = performance.now();
  await parts.entities.read(stop.signal);
  await parts.infra.read(stop.signal);
  figures['catalog and infra read again, nothing new'] = round(
    performance.now() - quiet,
  );
  figures['CPU of that'] = round(
    Object.values(process.cpuUsage(quietCpu)).reduce((a, b) => a + b) / 1000,
  );

  const app = express();
  app.use(
    createDeliveryRouter({
      deliveries: parts.deliveries,
      httpAuth: { credentials: async () => user } as never,
    }),
  );
  const server = createServer(app).listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const timed = async (path: string) => {
    const started = performance.now();
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return { ms: performance.now() - started, bytes: text.length, text };
  };

  const first = await timed('/deliveries');
  figures['first rows of Deliveries, cold'] = round(first.ms);
  figures['answer of 50 rows, KB'] = round(first.bytes / 1024);
  const lists: number[] = [];
  const questions = [
    '/deliveries?sort=name',
    '/deliveries?flag=drifted',
    '/deliveries?q=service-9',
    '/deliveries?owned=true',
    '/deliveries?sort=deployed&order=asc',
  ];
  for (let turn = 0; turn < 20; turn++) {
    for (const question of questions) lists.push((await timed(question)).ms);
  }
  figures['Deliveries sorted, filtered, searched, p95'] = p95(lists);

  const status = (place: number) =>
    timed(`/components/default/component/${nameOf(place)}/delivery`);
  const cold = await status(0);
  figures['status of atlas, cold'] = round(cold.ms);
  figures['status of atlas, KB'] = round(cold.bytes / 1024);
  const warm: number[] = [];
  for (let turn = 0; turn < asked; turn++) {
    warm.push((await status(turn % 30)).ms);
  }
  figures['status of a component, p95'] = p95(warm);
  const any: number[] = [];
  for (let turn = 0; turn < asked; turn++) {
    any.push((await status((turn * 37) % count)).ms);
  }
  figures['status of any component, p95'] = p95(any);
  const pages: number[] = [];
  for (let turn = 0; turn < 50; turn++) {
    pages.push(
      (await timed('/components/default/component/atlas/delivery/history')).ms,
    );
  }
  figures['history of atlas, p95'] = p95(pages);
  figures['memory of the process, MB'] = round(
    process.memoryUsage().rss / 1024 / 1024,
  );

  stop.abort(new Error('done'));
  server.close();
  await parts.refresher.idle();
  await parts.signals.idle();
  await parts.index.drop();
  await knex.destroy();
  process.stdout.write(
    `${JSON.stringify({
      database: database ? 'PostgreSQL' : 'SQLite in memory',
      figures,
    })}\n`,
  );
}

function p95(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * 0.95)] ?? 0);
}

function round(figure: number): number {
  return Math.round(figure * 10) / 10;
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
