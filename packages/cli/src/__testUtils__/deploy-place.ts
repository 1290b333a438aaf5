import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, makeRepository } from 'dojo-testing';

const digestOf = (version: string) =>
  `sha256:${Buffer.from(version).toString('hex').padEnd(64, '0')}`;

const files = (version: string) => ({
  'deploy/k8s/base/kustomization.yaml': 'resources: [ledger.yaml]\n',
  'deploy/k8s/base/ledger.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: ledger}}
  template:
    metadata: {labels: {app: ledger}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers: [{name: ledger, image: 'ghcr.io/acme/ledger@${digestOf(
        version,
      )}', volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: dojo-data}}]
`,
});

/**
 * A program that prints what these overlays make, as kustomize does: all objects in their namespace. So that the command is
 * tested on machines without kustomize too, and the real one by tests of its own.
 */
const kustomize = `#!${process.execPath}
const { readdirSync, readFileSync, statSync } = require('node:fs');
const [verb, folder] = process.argv.slice(2);
if (verb === 'version') {
  console.log('v5.5.0');
} else {
  const walk = path => statSync(path).isDirectory() ? readdirSync(path).sort().flatMap(name => walk(path + '/' + name)) : [path];
  const own = readFileSync(folder + '/kustomization.yaml', 'utf8');
  const namespace = (/"namespace": "?([a-z0-9-]+)/.exec(own) ?? [])[1];
  const objects = walk(process.cwd()).filter(path => !/kustomization\\.yaml$/.test(path)).map(path => readFileSync(path, 'utf8'));
  console.log(objects.map(text => namespace ? text.replace(/metadata: \\{/, 'metadata: {namespace: ' + namespace + ', ').replace(/metadata:\\n  name/, 'metadata:\\n  namespace: ' + namespace + '\\n  name') : text).join('---\\n'));
}
`;

/** A service with tags v0.1.0 and v0.2.0, and an infra repository with another team's folder, below a folder. */
export interface DeployPlace {
  /** Paths of the bare repositories. */
  readonly service: string;
  readonly infra: string;
  /** A program that stands for kustomize. */
  readonly kustomize: string;
}

/** Makes the repositories and the program. */
export function makeDeployPlace(root: string): DeployPlace {
  mkdirSync(root, { recursive: true });
  const place = {
    service: join(root, 'ledger.git'),
    infra: join(root, 'infra.git'),
    kustomize: join(root, 'kustomize'),
  };
  makeRepository(place.service, {
    commits: ['0.1.0', '0.2.0'].map(version => ({
      message: `release ${version}`,
      files: files(version),
      tag: `v${version}`,
    })),
  });
  makeRepository(place.infra, {
    commits: [
      {
        message: 'billing',
        files: { 'billing/production/app.yaml': 'kind:   ConfigMap\n' },
      },
    ],
  });
  for (const path of [place.service, place.infra]) {
    git(path, ['config', 'http.receivepack', 'true']);
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
    git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  }
  writeFileSync(place.kustomize, kustomize);
  chmodSync(place.kustomize, 0o755);
  return place;
}
