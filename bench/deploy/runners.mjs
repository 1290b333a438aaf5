/** The tools, each with a user of its own, so that its calls are known. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { installPeer } from '../shared/install-peer.mjs';
import { runBeside, runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';
import { makeRepositories, writeChart, writeOverlay } from './make-service.mjs';

const module = join(fileURLToPath(import.meta.url), '../helm');

/** Helm 4, built from its Go module. */
export function installHelm() {
  const sums = {
    name: 'go.sum',
    text: readFileSync(join(module, 'go.sum'), 'utf8'),
  };
  const home = installPeer('helm', sums, folder => {
    copyFileSync(join(module, 'go.mod'), join(folder, 'go.mod'));
    runTimed(
      'go',
      [
        ...['build', '-mod=mod', '-trimpath', '-ldflags=-s -w'],
        ...['-o', join(folder, 'helm'), 'helm.sh/helm/v4/cmd/helm'],
      ],
      { cwd: folder, env: { CGO_ENABLED: '0' } },
    );
  });
  return join(home, 'helm');
}

/**
 * Tools that bring one version after the other to a namespace. `deploy(version)` answers milliseconds.
 *
 * @param world `folder` for their files, `kubeconfigOf(user)`, `count` of objects, `versions`.
 */
export function runnersOf({ folder, count, versions, kubeconfigOf, helm }) {
  const repositories = makeRepositories(join(folder, 'git'), count, versions);
  const environment = `bench${count}`;
  const kubectl = `kubectl-${count}`;
  const chart = writeChart(join(folder, 'chart'), count);
  const chartSpace = `helm-${count}`;
  return [
    {
      name: 'dojo deploy',
      user: 'dojo',
      namespace: `ledger-${environment}`,
      deploy: version =>
        runBeside(
          'node',
          [
            ...[DOJO, 'deploy', '--component', 'ledger', '--mode', 'apply'],
            ...['--environment', environment, '--version', `v${version}`],
            ...['--infra', `file://${repositories.infra}`],
            ...['--base', `file://${repositories.service}//base`],
            ...['--storage', '1Gi', '--kubeconfig', kubeconfigOf('dojo')],
          ],
          { cwd: folder, env: { HOME: folder } },
        ),
    },
    {
      name: 'kubectl apply -k, rollout status',
      user: 'kubectl',
      namespace: kubectl,
      deploy: async version => {
        const overlay = writeOverlay(
          join(folder, 'overlay'),
          kubectl,
          count,
          version,
        );
        const run = (...args) =>
          runBeside(
            'kubectl',
            [`--kubeconfig=${kubeconfigOf('kubectl')}`, '-n', kubectl, ...args],
            { env: { HOME: folder } },
          );
        return (
          (await run('apply', '--server-side', '-k', overlay)) +
          (await run('rollout', 'status', 'deployment/ledger'))
        );
      },
    },
    {
      name: 'helm upgrade --wait',
      user: 'helm',
      namespace: chartSpace,
      deploy: version =>
        runBeside(
          helm,
          [
            ...['upgrade', '--install', 'ledger', chart, '--wait'],
            ...['--namespace', chartSpace, '--set', `version=${version}`],
            ...['--kubeconfig', kubeconfigOf('helm')],
          ],
          { env: { HOME: folder, HELM_DRIVER: 'secret' } },
        ),
    },
  ];
}
