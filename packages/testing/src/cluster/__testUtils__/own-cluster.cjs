/** Starts a cluster, tells the administrator's kubeconfig, and holds it until it is killed. */
require('@backstage/cli/config/nodeTransform.cjs');
const { startCluster } = require('../start-cluster.ts');

startCluster().then(({ kubeconfig }) => {
  process.stdout.write(`${kubeconfig}\n`);
  setInterval(() => {}, 60_000);
});
