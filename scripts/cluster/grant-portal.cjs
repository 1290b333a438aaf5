const { execFileSync } = require('node:child_process');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
/** The account of the portal, as deploy/portal/grants binds it. */
const account = { namespace: 'dojo-portal', name: 'dojo-portal' };
/** As long as somebody may leave a portal running. */
const tokenSeconds = 7 * 24 * 60 * 60;
const grants = ['cluster', 'ledger-dev', 'ledger-staging'];

/** Gives the portal's account exactly the rights of deploy/portal/grants, and returns a token of it. */
exports.grantPortal = async function grantPortal(cluster) {
  const { namespace, name } = account;
  await cluster.createNamespace({ name: namespace });
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await cluster.request('POST', accounts, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name },
  });
  for (const grant of grants) {
    await cluster.apply(rendered(join(root, 'deploy/portal/grants', grant)), {
      manager: 'start',
    });
  }
  const { status } = await cluster.request(
    'POST',
    `${accounts}/${name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: tokenSeconds },
    },
  );
  return status.token;
};

/** By whichever of the two is there, as the portal itself looks for them. */
function rendered(folder) {
  const commands = [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ];
  for (const [command, verb] of commands) {
    try {
      return execFileSync(command, [verb, folder], { encoding: 'utf8' });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  throw new Error('there is neither kustomize nor kubectl on PATH');
}
