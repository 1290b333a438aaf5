/** A service of a Deployment, a Service, a claim and as many ConfigMaps as it takes, for each of the tools. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTimed } from '../shared/measure.mjs';

const labels = '{app: ledger}';

const objectsOf = (count, version) => [
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger, labels: ${labels}}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec:
      terminationGracePeriodSeconds: 1
      securityContext: {runAsNonRoot: true, runAsUser: 1000}
      containers:
      - name: ledger
        image: example.test/ledger:${version}
        ports: [{name: http, containerPort: 8000}]
        readinessProbe: {exec: {command: ['true']}}
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: dojo-data}}]
`,
  `apiVersion: v1
kind: Service
metadata: {name: ledger, labels: ${labels}}
spec: {selector: ${labels}, ports: [{name: http, port: 80, targetPort: http}]}
`,
  ...Array.from(
    { length: count - 3 },
    (_, at) => `apiVersion: v1
kind: ConfigMap
metadata: {name: c${at}, labels: ${labels}}
data: {value: "${at}"}
`,
  ),
];

export const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: dojo-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

/** Writes files below a folder. */
export function writeFiles(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const kustomization = 'resources: [all.yaml]\n';

/** Bare repositories of the service, tagged `v<n>` for each version, and of an infra repository. */
export function makeRepositories(folder, count, versions) {
  const git = (...args) =>
    runTimed('git', [
      ...['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'],
      ...args,
    ]);
  const bare = name => {
    const tree = join(folder, `${name}-tree`);
    git('init', '--quiet', '-b', 'main', tree);
    return {
      tree,
      commit: message => {
        git('-C', tree, 'add', '-A');
        git('-C', tree, 'commit', '--quiet', '-m', message);
      },
      publish: () => {
        const to = join(folder, `${name}.git`);
        git('clone', '--quiet', '--bare', tree, to);
        return to;
      },
    };
  };
  const service = bare('service');
  for (const version of versions) {
    writeFiles(service.tree, {
      'base/kustomization.yaml': kustomization,
      'base/all.yaml': objectsOf(count, version).join('---\n'),
    });
    service.commit(version);
    git('-C', service.tree, 'tag', `v${version}`);
  }
  const infra = bare('infra');
  writeFiles(infra.tree, { 'README.md': 'infra\n' });
  infra.commit('first');
  return { service: service.publish(), infra: infra.publish() };
}

/** The same objects as an overlay of files alone. */
export function writeOverlay(folder, namespace, count, version) {
  writeFiles(folder, {
    'base/kustomization.yaml': kustomization,
    'base/all.yaml': objectsOf(count, version).join('---\n'),
    'overlay/kustomization.yaml': `namespace: ${namespace}\nresources: [../base, pvc.yaml]\n`,
    'overlay/pvc.yaml': claim,
  });
  return join(folder, 'overlay');
}

/** The same objects as a chart, whose value is the version. */
export function writeChart(folder, count) {
  writeFiles(folder, {
    'Chart.yaml': 'apiVersion: v2\nname: ledger\nversion: 0.1.0\n',
    'templates/all.yaml': [
      ...objectsOf(count, '{{ .Values.version }}'),
      claim,
    ].join('---\n'),
  });
  return folder;
}
