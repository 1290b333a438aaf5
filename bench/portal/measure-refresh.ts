/**
 * What it costs to keep an index of so many components whose repositories are on a git server over HTTP: the first
 * reading, then a cycle of five minutes in which nothing happens, then one in which ten of them were pushed to. Writes one
 * line of JSON. Started by run.mjs: `measure-refresh.ts <components>`, database in BENCH_DATABASE.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import knexFactory from 'knex';
import { Access } from '../../plugins/dojo-node/src/access/Access';
import { readDojoConfig } from '../../plugins/dojo-node/src/config/readDojoConfig';
import { createDeliveries } from '../../plugins/dojo-node/src/delivery/createDeliveries';
import { createInfraReader } from '../../plugins/dojo-node/src/delivery/read/createInfraReader';
import { createRepositoryReader } from '../../plugins/dojo-node/src/delivery/read/createRepositoryReader';
import { makeFleet } from '../../packages/testing/src/fleet/make-fleet';
import { addCommits } from '../../packages/testing/src/git/make-repository';
import { entitiesOf, environments, nameOf } from './generated-facts';
import { cpuSeconds, heldMegabytes, round } from './process-costs';

const count = Number(process.argv[2]);
const pushed = 10;
/** Readings of the overlays in a cycle of five minutes. */
const infraReadings = 10;
const cycleMs = 5 * 60_000;
/** Of a repository's interval, so that each is due once. */
const spread = 1.2;
const until = Date.UTC(2026, 10, 29) / 1000;

const user = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: 'user:default/bench' },
} as never;

async function main(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'bench-refresh-'));
  const forge = await startForge(join(root, 'forge'));
  try {
    await makeFleet({
      root: join(root, 'forge'),
      count,
      environments,
      addressOf: name => `${forge.url}/${name}.git`,
      until,
    });
    const figures = await measure(root, forge);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    forge.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function measure(
  root: string,
  forge: Forge,
): Promise<Record<string, Record<string, number>>> {
  const knex = knexFactory({
    client: 'pg',
    connection: process.env.BENCH_DATABASE,
  });
  const stop = new AbortController();
  let now = until * 1000;
  const index = openIndex({
    root,
    url: forge.url,
    knex,
    signal: stop.signal,
    clock: { now: () => new Date(now) },
  });
  await index.index.prepare();
  const heldBefore = heldMegabytes();
  const spend = async (work: () => Promise<unknown>) => {
    const before = await forge.counted();
    const cpu = cpuSeconds();
    const started = performance.now();
    await work();
    await index.listings.idle();
    const seconds = (performance.now() - started) / 1000;
    const after = await forge.counted();
    return {
      requests: after.requests - before.requests,
      MB: round((after.bytes - before.bytes) / 1024 / 1024),
      'seconds of CPU': round(cpuSeconds() - cpu),
      seconds: round(seconds),
    };
  };
  const cycle = async () => {
    await index.entities.read(stop.signal);
    for (let turn = 0; turn < infraReadings; turn += 1) {
      await index.infra.read(stop.signal);
    }
    await index.repositories.readDue(stop.signal);
  };

  await index.entities.read(stop.signal);
  const overlays = await spend(() => index.infra.read(stop.signal));
  const first = await spend(() => index.repositories.readDue(stop.signal));
  const held = heldMegabytes() - heldBefore;
  now += cycleMs * spread;
  const quiet = await spend(cycle);
  for (let place = 1; place <= Math.min(pushed, count - 1); place += 1) {
    addCommits(join(root, 'forge', `${nameOf(place)}.git`), [
      {
        message: 'feat: one more thing',
        files: { 'src/more.txt': `${place}` },
      },
    ]);
  }
  now += cycleMs * spread;
  const busy = await spend(cycle);
  const { components, unreadable } = await stateOf(index);
  await index.refresher.idle();
  stop.abort(new Error('done'));
  await index.signals.idle();
  await index.index.drop();
  await knex.destroy();
  if (components !== count || unreadable > 0) {
    throw new Error(`${unreadable} of ${components} could not be read`);
  }
  return {
    overlays,
    first,
    quiet,
    busy,
    memory: { 'MB of the index': round(held) },
  };
}

interface Forge {
  readonly url: string;
  readonly counted: () => Promise<{ requests: number; bytes: number }>;
  readonly close: () => void;
}

async function startForge(folder: string): Promise<Forge> {
  // With the transform that this process was started with, which sends messages of its own.
  const child = fork(join(__dirname, 'serve-git.ts'), [folder]);
  const says = async (key: string) => {
    for (;;) {
      const [message] = await once(child, 'message');
      if (message && typeof message === 'object' && key in message) {
        return message;
      }
    }
  };
  const { url } = await says('url');
  return {
    url,
    counted() {
      child.send('count');
      return says('requests');
    },
    close: () => child.disconnect(),
  };
}

function openIndex(options: {
  readonly root: string;
  readonly url: string;
  readonly knex: ReturnType<typeof knexFactory>;
  readonly signal: AbortSignal;
  readonly clock: { now(): Date };
}) {
  const { root, url, knex, signal, clock } = options;
  const rootConfig = new ConfigReader({
    backend: { workingDirectory: join(root, 'work') },
    integrations: {
      bitbucketServer: [
        {
          host: new URL(url).host,
          apiBaseUrl: `${url}/rest/api/1.0`,
          username: 'bot',
          password: 'none',
        },
      ],
    },
    dojo: {
      allow: { repositories: [{ pattern: `${url}/*` }] },
      infra: { repository: `${url}/infra.git` },
      environments: environments.map((name, place) => ({
        name,
        ...(place > 0 && { promotesFrom: environments[place - 1] }),
      })),
    },
  });
  const config = readDojoConfig(rootConfig);
  const integrations = ScmIntegrations.fromConfig(rootConfig);
  const entities = entitiesOf(count).map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'dojo/repository': `${url}/${entity.metadata.name}.git`,
      },
    },
  }));
  return createDeliveries({
    config,
    knex,
    readers: {
      readRepository: createRepositoryReader(config, integrations),
      readInfra: createInfraReader(config, integrations, clock.now),
    },
    access: new Access({ auditor: {}, permissions: {} } as never),
    permissions: {},
    catalog: { queryEntities: async () => ({ items: entities, pageInfo: {} }) },
    integrations,
    userInfo: {},
    auth: { getOwnServiceCredentials: async () => user },
    scaffolder: {},
    signals: { publish: async () => {} },
    logger: { warn: (...said: unknown[]) => process.stderr.write(`${said}\n`) },
    clock,
    signal,
  } as never);
}

/** What the index says of how its readings went. */
async function stateOf(parts: ReturnType<typeof openIndex>) {
  const marks = await parts.index.marksBelow('repository:');
  return {
    components: marks.size,
    unreadable: [...marks.values()].filter(({ failures }) => failures > 0)
      .length,
  };
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
