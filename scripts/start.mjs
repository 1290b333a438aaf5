import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAppBundle } from './portal/app-bundle.mjs';
import { startCluster } from './portal/cluster.mjs';
import { takeDataFolder } from './portal/data-folder.mjs';
import { freePort } from './portal/free-port.mjs';
import { openLogFile } from './portal/log-file.mjs';
import { appBuild, appDevelopment, backend } from './portal/processes.mjs';
import { Supervisor } from './portal/supervisor.mjs';
import { untilAnswers } from './portal/until-answers.mjs';
import { seedForge } from './seed-forge.mjs';
import { seedInfra } from './seed-infra.mjs';
import { seedImages } from './seed-images.mjs';
import { seedLedger } from './seed-ledger.mjs';
import { ROOT } from './source-hash.mjs';

const READY_WITHIN_MS = 180_000;
const usage = `Usage: ./scripts/start [options]      (where Node 24 and Yarn 4 are installed: yarn start [options])
  --reset          forget everything: databases, local forge, dev database
  --data <folder>  where they are (default: .dojo)
  --port <number>  first port to try (default: 7007)
  --cluster        dev and staging run in a cluster of this machine, pods as processes; what it needs is built
                   once, in 5 to 10 minutes, where it is not there
  --config <file>  one more configuration on top of all others
  --dev            for work on the portal: the frontend with hot reload on its own port (3000 or the next),
                   the backend started anew at each change`;

const say = text => process.stderr.write(`• ${text}\n`);
const complain = text => process.stderr.write(`✗ ${text}\n`);
const supervisor = new Supervisor();

try {
  const { values: options } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      data: { type: 'string', default: join(ROOT, '.dojo') },
      port: { type: 'string', default: '7007' },
      cluster: { type: 'boolean', default: false },
      config: { type: 'string' },
      dev: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (options.help) process.stdout.write(`${usage}\n`);
  else {
    const { data, config } = options;
    await start({
      ...options,
      data: resolve(data),
      config: config && resolve(config),
    });
  }
} catch (error) {
  complain(error.message);
  await supervisor.stop(1);
}

async function start({
  data,
  reset,
  cluster: withCluster,
  config,
  dev,
  port: firstPort,
}) {
  takeDataFolder(data, { reset });
  const log = openLogFile(join(data, 'portal.log'));
  if (await seedForge(join(data, 'forge'))) {
    say('Local forge made, with the ledger in it');
  }
  if (await seedInfra(join(data, 'forge'))) {
    say('Repository of overlays made, with nothing deployed');
  }
  if (await seedImages(join(data, 'forge'))) {
    say('Images of the ledger made, one a version');
  }
  const run = what => supervisor.run({ ...what, log });
  if (await seedLedger(join(data, 'data/dev/ledger.duckdb'), run)) {
    say('Dev database made, two migrations behind');
  }
  if (!dev) {
    await ensureAppBundle(async () => {
      say('Bundling the frontend (a minute, once per change of its sources)');
      await run(appBuild());
    });
  }

  const cluster =
    withCluster && (await startCluster({ supervisor, data, log, say }));
  const port = await freePort(Number(firstPort));
  const backendUrl = `http://localhost:${port}`;
  const portalUrl = dev
    ? `http://localhost:${await freePort(3000)}`
    : backendUrl;
  const settings = { portalUrl, backendUrl, port, data, cluster, config };
  say(`Starting the portal (log: ${log.name})`);
  supervisor.start({ ...backend(settings, { watch: dev }), log });
  if (dev) supervisor.start({ ...appDevelopment(settings), log });

  const readiness = `${backendUrl}/.backstage/health/v1/readiness`;
  for (const url of [readiness, portalUrl]) {
    await untilAnswers(url, READY_WITHIN_MS).catch(error => {
      throw new Error(`${error.message}; ${log.end()}`);
    });
  }
  for (const { environment, url } of cluster ? cluster.pages : []) {
    process.stdout.write(`Ledger in ${environment} ${url}\n`);
  }
  if (cluster) process.stdout.write(`Kubeconfig ${cluster.kubeconfig}\n`);
  process.stdout.write(`Portal ${portalUrl}\nBackend ${backendUrl}\n`);
}
