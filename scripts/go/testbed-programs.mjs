/** The registry and the control plane of the tests: the machine's own (a Nix shell has them), else tools/testbed. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildOnce, keptBinary } from './build-once.mjs';

const CONTROL_PLANE = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
];

/** As in tools/testbed/go.mod: kubectl refuses a server that does not tell its version. */
const VERSION = 'v1.36.3';

const WHOLE = {
  ldflags: [
    ...['-X', `k8s.io/component-base/version.gitVersion=${VERSION}`],
    ...['-X', `k8s.io/client-go/pkg/version.gitVersion=${VERSION}`],
  ],
  says: '• The control plane of the tests is built from tools/testbed (once, 5 to 10 min)',
  missing:
    '• The tests need a control plane of Kubernetes: put etcd, kube-apiserver, kube-controller-manager and kube-scheduler on PATH or in KUBEBUILDER_ASSETS, or install Go 1.26 or newer (https://go.dev/doc/install) and they are built',
};

const REGISTRY = {
  tags: ['registry'],
  says: '• The registry of the tests is built from tools/testbed (once, 40 s to 2 min)',
  missing:
    '• The tests need the CNCF distribution registry: put `registry` on PATH, or install Go 1.26 or newer (https://go.dev/doc/install) and it is built',
};

/** The CNCF distribution registry; alone it is built in a fraction of the time. */
export async function findRegistry() {
  if (isDistribution('registry')) return { registry: ['registry'] };
  const whole = keptBinary('testbed', 'testbed');
  const binary = existsSync(whole)
    ? whole
    : await buildOnce('testbed', 'registry', REGISTRY);
  return { registry: [binary, 'registry'] };
}

/** The four programs of a control plane, all of one source: two that differ in version may not understand each other. */
export async function findCluster() {
  const found = ownCluster();
  if (found) return found;
  const binary = await buildOnce('testbed', 'testbed', WHOLE);
  return Object.fromEntries(CONTROL_PLANE.map(name => [name, [binary, name]]));
}

/** Whether a control plane can be had without building it. */
export function hasCluster() {
  return (
    ownCluster() !== undefined || existsSync(keptBinary('testbed', 'testbed'))
  );
}

/** The machine's own: KUBEBUILDER_ASSETS goes before PATH, program by program. */
function ownCluster() {
  const { KUBEBUILDER_ASSETS, PATH = '' } = process.env;
  const folders = [KUBEBUILDER_ASSETS, ...PATH.split(delimiter)];
  const found = CONTROL_PLANE.map(name => [
    name,
    folders
      .filter(Boolean)
      .map(folder => join(folder, name))
      .find(isProgram),
  ]);
  return found.every(([, path]) => path)
    ? Object.fromEntries(found.map(([name, path]) => [name, [path]]))
    : undefined;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDistribution(command) {
  const { stdout = '' } = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return /distribution\/distribution/.test(stdout ?? '');
}
