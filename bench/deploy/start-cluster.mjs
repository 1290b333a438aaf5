/** The control plane of the tests, for a benchmark: packages/testing is TypeScript and is never built. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CACHE, ROOT } from '../shared/places.mjs';

/** What a container runs. */
const idle = {
  command: 'sh',
  args: ['-c', 'trap "exit 0" TERM; while :; do sleep 0.2; done'],
};

/** Starts it, with a class of storage; `audit`, `request`, `kubeconfigFor` and the rest as in test-cluster.ts. */
export async function startBenchCluster() {
  const { startCluster } = await load();
  const cluster = await startCluster({
    auditLevel: 'Request',
    node: { program: () => idle },
  });
  await cluster.apply(`apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
  annotations: {storageclass.kubernetes.io/is-default-class: "true"}
provisioner: dojo.test/folder
volumeBindingMode: WaitForFirstConsumer
`);
  return cluster;
}

async function load() {
  const require = createRequire(join(ROOT, 'package.json'));
  const { build } = require('esbuild');
  const outfile = join(CACHE, 'deploy', 'testing.cjs');
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'packages/testing/src/cluster/start-cluster.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
    plugins: [keepFolders],
  });
  return require(outfile);
}

/** Each file of ours finds its scripts from where it stands. */
const keepFolders = {
  name: 'keep-folders',
  setup: ({ onLoad }) =>
    onLoad({ filter: /packages\/testing\/src\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        '__dirname',
        JSON.stringify(dirname(path)),
      ),
      loader: 'ts',
    })),
};
