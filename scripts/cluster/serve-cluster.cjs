/**
 * A cluster of this machine for `./scripts/start --cluster`, for as long as this process runs: the control plane and the
 * process node of the tests, with the namespaces and rights of deploy/portal/grants. It begins empty with each start.
 *
 * Usage: node --require <transform> serve-cluster.cjs <file that says how it is reached> <forge>
 */
const { renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { startCluster } = require('../../packages/testing/src/index.ts');
const { grantPortal } = require('./grant-portal.cjs');
const { servePage } = require('./serve-page.cjs');
const { versionOf } = require('./version-of.cjs');

const [stateFile, forge] = process.argv.slice(2);

/** What runs for an image: those of the forge hold no program, so all of them are the same small page. */
const program = ({ image }) => ({
  command: process.execPath,
  args: [join(__dirname, 'ledger-page.cjs')],
  env: { LEDGER_IMAGE: image, LEDGER_VERSION: versionOf(image, forge) },
});

async function main() {
  // Nothing of the cluster keeps its owner running: a test that forgot to stop it may still end.
  setInterval(() => {}, 2 ** 30);
  const stopping = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, resolve);
    }
  });
  const cluster = await startCluster({ node: { program } });
  try {
    const token = await grantPortal(cluster);
    const pages = [];
    // One after the other: two that look for a free port at once find the same one.
    for (const [index, environment] of ['dev', 'staging'].entries()) {
      pages.push(
        await servePage(cluster, {
          environment,
          namespace: `ledger-${environment}`,
          firstPort: 7301 + index,
        }),
      );
    }
    publish({
      url: cluster.url,
      ca: Buffer.from(cluster.ca).toString('base64'),
      token,
      kubeconfig: cluster.kubeconfig,
      pages,
    });
    await stopping;
  } finally {
    await cluster.stop();
  }
}

/** Whole or not there, and nobody else's to read: it holds a token. */
function publish(state) {
  const draft = `${stateFile}.draft`;
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
  renameSync(draft, stateFile);
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
