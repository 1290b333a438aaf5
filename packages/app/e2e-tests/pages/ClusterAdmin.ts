import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** It is there by name alone. */
const slowNode = { name: 'slow' };

interface ListedObject {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
}

/** An object as somebody writes it. */
export interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: object;
}

/** Somebody who works at the cluster by hand, with the kubeconfig that `./scripts/start --cluster` names. */
export class ClusterAdmin {
  readonly #server: string;
  readonly #trust: { ca: Buffer; cert: Buffer; key: Buffer };

  constructor(kubeconfig: string) {
    // The testbed writes YAML's flow style, which is JSON.
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'));
    const { cluster } = clusters[0];
    const { user } = users[0];
    const pem = (base64: string) => Buffer.from(base64, 'base64');
    this.#server = cluster.server;
    this.#trust = {
      ca: pem(cluster['certificate-authority-data']),
      cert: pem(user['client-certificate-data']),
      key: pem(user['client-key-data']),
    };
  }

  /** Makes a namespace that the portal deploys to, with what it may do in one that is there. */
  async admit(namespace: string, like: string): Promise<void> {
    const rights = '/apis/rbac.authorization.k8s.io/v1/namespaces';
    await this.#ask('POST', '/api/v1/namespaces', {
      metadata: { name: namespace },
    });
    for (const kind of ['roles', 'rolebindings']) {
      const there = await this.#ask(
        'GET',
        `${rights}/${like}/${kind}/dojo-portal`,
      );
      await this.#ask('POST', `${rights}/${namespace}/${kind}`, {
        ...there,
        metadata: { name: 'dojo-portal' },
      });
    }
  }

  /** What is scheduled waits from now on, as it does when `kubectl cordon` was said of every node. */
  cordon(): Promise<void> {
    return this.#setUnschedulable(true);
  }

  async uncordon(): Promise<void> {
    return this.#setUnschedulable(false);
  }

  /** How often the containers of a namespace's pods were started again; the most of them. */
  async restartsIn(namespace: string): Promise<number> {
    const pods = await this.#podsOf(namespace);
    return Math.max(
      0,
      ...pods.flatMap(({ status }) =>
        (status?.containerStatuses ?? []).map(each => each.restartCount),
      ),
    );
  }

  /**
   * Puts the pods of a namespace that wait for a node onto one that pulls their images for ever; {@link restart} takes them
   * away again. @returns how many there were.
   */
  async holdBack(namespace: string): Promise<number> {
    const waiting = (await this.#podsOf(namespace)).filter(
      ({ spec }) => spec?.nodeName === undefined,
    );
    if (waiting.length > 0) {
      const node = { apiVersion: 'v1', kind: 'Node', metadata: slowNode };
      await this.#ask('POST', '/api/v1/nodes', node);
    }
    for (const { metadata } of waiting) {
      await this.#ask(
        'POST',
        `/api/v1/namespaces/${namespace}/pods/${metadata.name}/binding`,
        {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { name: metadata.name },
          target: { apiVersion: 'v1', kind: 'Node', ...slowNode },
        },
      );
    }
    return waiting.length;
  }

  /** Has the pods that are held back made again, on a node that runs them. */
  async restart(namespace: string): Promise<void> {
    await this.#ask('DELETE', `/api/v1/nodes/${slowNode.name}`);
    await this.uncordon();
    for (const { metadata, spec } of await this.#podsOf(namespace)) {
      if (spec?.nodeName !== slowNode.name) continue;
      await this.#ask(
        'DELETE',
        `/api/v1/namespaces/${namespace}/pods/${metadata.name}?gracePeriodSeconds=0`,
      );
    }
  }

  /** Changes a Deployment by hand, as `kubectl edit` does. */
  async edit(namespace: string, name: string, patch: object): Promise<void> {
    await this.#ask(
      'PATCH',
      `/apis/apps/v1/namespaces/${namespace}/deployments/${name}?fieldManager=kubectl-edit`,
      patch,
      'application/strategic-merge-patch+json',
    );
  }

  async #podsOf(namespace: string): Promise<readonly ListedObject[]> {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    return (await this.#ask('GET', path)).items;
  }

  /** Server-side apply, as `kubectl apply --server-side --force-conflicts --field-manager <manager>` does it. */
  async apply(object: AppliedObject, manager = 'kubectl'): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const place = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
    const group = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
    await this.#ask(
      'PATCH',
      `${group}${place}/${kind.toLowerCase()}s/${
        metadata.name
      }?fieldManager=${manager}&force=true`,
      object,
      'application/apply-patch+yaml',
    );
  }

  async #setUnschedulable(unschedulable: boolean): Promise<void> {
    const { items } = await this.#ask('GET', '/api/v1/nodes');
    for (const { metadata } of items) {
      await this.#ask('PATCH', `/api/v1/nodes/${metadata.name}`, {
        spec: { unschedulable },
      });
    }
  }

  #ask(
    method: string,
    path: string,
    body?: object,
    type = method === 'PATCH'
      ? 'application/merge-patch+json'
      : 'application/json',
  ): Promise<{ items: ListedObject[] }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.#server}${path}`,
        {
          method,
          ...this.#trust,
          headers: body && { 'content-type': type },
        },
        answer => {
          let text = '';
          answer.on('data', chunk => {
            text += chunk;
          });
          answer.on('error', reject);
          answer.on('end', () =>
            answer.statusCode === 200 || answer.statusCode === 201
              ? resolve(JSON.parse(text))
              : reject(new Error(`${path}: ${answer.statusCode} ${text}`)),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body && JSON.stringify(body));
    });
  }
}
