import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findCluster } from '../go/testbed-programs.mjs';
import { ROOT } from '../source-hash.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const transform = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/** Of a start with the programs built: they come up in seconds. */
const READY_WITHIN_MS = 120_000;

/**
 * Starts a cluster of this machine beside the portal, building its programs first where they are not there.
 *
 * @returns how it is reached: `url`, `ca` (base64 of PEM), the portal's `token`, an administrator's `kubeconfig`, and the
 * `pages` of the ledger by environment.
 */
export async function startCluster({ supervisor, data, log, say }) {
  await findCluster();
  say('Starting the cluster');
  const stateFile = join(data, 'cluster.json');
  // Of an earlier start, whose cluster is gone.
  rmSync(stateFile, { force: true });
  process.once('exit', () => rmSync(stateFile, { force: true }));
  supervisor.start({
    name: 'the cluster',
    command: process.execPath,
    args: [
      ...['--no-deprecation', '--require', transform],
      join(ROOT, 'scripts/cluster/serve-cluster.cjs'),
      stateFile,
      join(data, 'forge'),
    ],
    cwd: ROOT,
    env: process.env,
    log,
  });
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!existsSync(stateFile)) {
    if (performance.now() > deadline) {
      throw new Error(
        `the cluster did not come up within ${
          READY_WITHIN_MS / 1000
        } s; ${log.end()}`,
      );
    }
    await delay(100);
  }
  return JSON.parse(readFileSync(stateFile, 'utf8'));
}
