import type { DeploymentRequestInput } from 'backstage-plugin-dojo-common';
import type { AuditEvent, TestCluster } from 'dojo-testing';
import { openCluster } from '../../kubernetes/open-cluster';
import { systemTimer } from '../../local/system-timer';
import type { DeployOptions } from '../deploy';
import type { DeployPorts } from '../ports';
import { DeployWorld, image } from './deploy-world';

/** Claims of it wait for their first pod, and may grow. */
export const storageClass = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: example.test/none
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
`;

/** As much of an object as tests look at. */
export interface SeenObject {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly managedFields: readonly {
      readonly manager: string;
      readonly operation: string;
      readonly subresource?: string;
    }[];
  };
}

/** The world's Deployment. */
export interface SeenDeployment extends SeenObject {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly annotations: object };
      readonly spec: {
        readonly containers: readonly {
          readonly env: readonly { readonly value: string }[];
        }[];
      };
    };
  };
}

/** The ledger in an environment of its own, whose namespace is in a real control plane. */
export class ApplyWorld extends DeployWorld {
  readonly lines: string[] = [];
  kubeconfig: string;

  constructor(readonly cluster: TestCluster, readonly environment: string) {
    super();
    this.kubeconfig = cluster.kubeconfig;
  }

  get namespace(): string {
    return `ledger-${this.environment}`;
  }

  override get ports(): DeployPorts {
    return {
      ...super.ports,
      clock: { now: () => new Date() },
      timer: systemTimer,
      openCluster: signal =>
        openCluster({ kubeconfig: { path: this.kubeconfig } }, signal),
    };
  }

  apply(
    request: Partial<DeploymentRequestInput> = {},
    options: Partial<DeployOptions> = {},
  ) {
    return this.run(
      {
        environment: this.environment,
        mode: 'apply',
        image,
        storage: { size: '1Gi', class: 'fast' },
        wait: 90,
        ...(!request.rollbackTo &&
          !request.promoteFrom && { version: 'v1.0.0' }),
        ...request,
      },
      { log: line => this.lines.push(line), ...options },
    );
  }

  /** A person's change of a file of the overlay. */
  edit(change: (text: string) => string, file = 'kustomization.yaml'): void {
    const path = `ledger/${this.environment}/${file}`;
    this.infra.commit({ [path]: change(this.infra.text(path) ?? '') });
  }

  /** A person adds an object to the overlay. */
  add(file: string, text: string): void {
    this.edit(() => text, file);
    this.edit(held =>
      held.replace('resources:\n', `resources:\n  - ${file}\n`),
    );
  }

  /** A request for an object of the namespace. */
  async request(
    method: string,
    kind: string,
    name: string,
    body?: unknown,
    type?: string,
  ): Promise<unknown> {
    const [group, plural] = kind.includes('/')
      ? [
          `/apis/${kind.slice(0, kind.lastIndexOf('/'))}`,
          kind.split('/').at(-1),
        ]
      : ['/api/v1', kind];
    return this.cluster.request(
      method,
      `${group}/namespaces/${this.namespace}/${plural}${
        name === '' || name.startsWith('?') ? name : `/${name}`
      }`,
      body,
      type,
    );
  }

  /** The names of the namespace's ConfigMaps. */
  async configMaps(): Promise<string[]> {
    const { items } = (await this.request('GET', 'configmaps', '')) as {
      items: SeenObject[];
    };
    return items.map(({ metadata }) => metadata.name);
  }

  async deployment(): Promise<SeenDeployment> {
    const seen = await this.request('GET', 'apps/v1/deployments', 'ledger');
    return seen as SeenDeployment;
  }

  /** Applies manifests in the namespace, on the server's side and by force. */
  applied(yaml: string, manager: string): Promise<void> {
    return this.cluster.apply(yaml, { manager, namespace: this.namespace });
  }

  /** Requests of a run, those of the cluster's own controllers and of the test left out. */
  async calls(run: () => Promise<unknown>): Promise<readonly AuditEvent[]> {
    const count = (await this.#events()).length;
    await run();
    return (await this.#events()).slice(count);
  }

  async #events() {
    const events = await this.cluster.audit();
    // What makes the pods is a client of ours too, and watches those of all namespaces.
    return events.filter(
      ({ userAgent, namespace = '', resource }) =>
        userAgent.startsWith('dojo') &&
        (namespace ? namespace === this.namespace : resource !== 'pods'),
    );
  }
}

/** The requests that write. */
export function writesOf(events: readonly AuditEvent[]): string[] {
  return events
    .filter(
      ({ verb, dryRun }) => !dryRun && !['get', 'list', 'watch'].includes(verb),
    )
    .map(({ verb, resource, name }) => `${verb} ${resource} ${name ?? ''}`);
}
