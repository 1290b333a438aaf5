import { deploymentRequestSchema } from 'backstage-plugin-dojo-common';
import type {
  DeploymentRequestInput,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import { parseAllDocuments } from 'yaml';
import { deploy } from '../deploy';
import type { DeployOptions } from '../deploy';
import type { DeployPorts } from '../ports';
import { MemoryPulls } from './memory-pulls';
import { MemoryInfra, sourceOf } from './memory-infra';

export const repository = 'https://git.example.test/acme/ledger.git';
export const image = 'registry.example.test/acme/ledger';
const { signal } = new AbortController();

/** The digest that the world's registry has for a tag at first. */
export function digestOf(tag: string): string {
  return `sha256:${Buffer.from(tag).toString('hex').padEnd(64, '0')}`;
}

/** The commit that the world's tag leads to at first. */
export function commitOf(tag: string): string {
  return Buffer.from(tag).toString('hex').padEnd(40, '0').slice(0, 40);
}

const deployment = (tag: string) => `apiVersion: apps/v1
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
      containers:
      - name: ledger
        image: ${image}
        env: [{name: VERSION, value: "${tag}"}]
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: dojo-data}}]
`;
const service = `apiVersion: v1
kind: Service
metadata: {name: ledger}
spec: {selector: {app: ledger}, ports: [{name: http, port: 80}]}
`;

/** A service with tags, a registry and an infra repository, in memory. */
export class DeployWorld {
  readonly infra = new MemoryInfra();
  readonly pulls = new MemoryPulls(this.infra);
  readonly tags = new Map(
    ['v1.0.0', 'v2.0.0', 'v3.0.0'].map(tag => [tag, commitOf(tag)]),
  );
  /** Notes of the service's repository, by commit. */
  readonly notes = new Map<string, string>();
  /** Messages of commits of the service's repository. */
  readonly commits = new Map<string, string>();
  /** Tag or digest -> digest. */
  readonly images = new Map(
    ['1.0.0', '2.0.0', '3.0.0'].flatMap(tag => [
      [tag, digestOf(tag)],
      [digestOf(tag), digestOf(tag)],
    ]),
  );
  /** Files that the service has beside its base, at every commit. */
  readonly serviceFiles = new Map<string, string>();
  now = new Date('2026-11-29T12:00:00Z');

  constructor() {
    this.infra.commit({ 'billing/production/app.yaml': 'kind: ConfigMap\n' });
  }

  get ports(): DeployPorts {
    return {
      clock: { now: () => this.now },
      commitClock: { now: () => new Date(0) },
      author: { name: 'Dojo', email: 'dojo@example.test' },
      requester: 'user:default/ada',
      openInfra: async () => this.infra,
      openBase: async display => ({
        display,
        resolveTag: async tag => this.tags.get(tag),
        readMessage: async commit => this.commits.get(commit) ?? '',
        readNotes: async (_ref, commits) =>
          commits.map(commit => this.notes.get(commit)),
        files: commit => this.#base(commit),
        dispose: async () => undefined,
      }),
      openImage: name => ({
        name,
        readManifest: async reference => {
          const digest = this.images.get(reference);
          return digest === undefined ? undefined : { digest };
        },
      }),
      openPullRequests: address =>
        address.includes('forge.example.test') ? this.pulls : undefined,
      kustomize: { build: async files => build(files) },
    };
  }

  /** A deployment of ledger to dev, with what the test says of it. */
  run(
    request: Partial<DeploymentRequestInput>,
    options: Partial<DeployOptions> = {},
  ): Promise<DeploymentResult> {
    return deploy(
      deploymentRequestSchema.parse({
        component: 'ledger',
        environment: 'dev',
        infra: 'file:infra.git',
        base: `${repository}//deploy/k8s/base`,
        ...request,
      }),
      this.ports,
      { signal, ...options },
    );
  }

  /** The first deployment: with image, host and storage. */
  first(version = 'v1.0.0'): Promise<DeploymentResult> {
    return this.run({
      version,
      image,
      host: 'ledger.example.test',
      storage: { size: '1Gi' },
    });
  }

  #base(commit: string) {
    const tag = Buffer.from(commit, 'hex').toString().replaceAll('\0', '');
    const folder = 'deploy/k8s/base';
    return sourceOf(
      new Map([
        ...this.serviceFiles,
        [
          `${folder}/kustomization.yaml`,
          'resources: [deployment.yaml, service.yaml]\n',
        ],
        [`${folder}/deployment.yaml`, deployment(tag)],
        [`${folder}/service.yaml`, service],
      ]),
    );
  }
}

/** As much of kustomize as these trees need: the objects of all files, their namespace, and the image of the one entry. */
function build(files: ReadonlyMap<string, string>): string {
  const documents = [...files].flatMap(([path, text]) =>
    parseAllDocuments(text).map(document => ({ path, document })),
  );
  const isKustomization = (path: string) => /kustomization\.ya?ml$/.test(path);
  const kustomizations = documents
    .filter(({ path }) => isKustomization(path))
    .map(({ document }) => document.toJS() as Kustomization);
  const namespace = kustomizations.find(one => one.namespace)?.namespace;
  const entries = kustomizations.flatMap(({ images }) => images ?? []);
  return documents
    .filter(({ path }) => !isKustomization(path))
    .map(({ document }) => {
      if (namespace) document.setIn(['metadata', 'namespace'], namespace);
      return entries.reduce(
        (found, { name, digest }) =>
          digest
            ? found.replace(`image: ${name}\n`, `image: ${name}@${digest}\n`)
            : found,
        String(document),
      );
    })
    .join('---\n');
}

interface Kustomization {
  readonly namespace?: string;
  readonly images?: readonly {
    readonly name: string;
    readonly digest?: string;
  }[];
}
