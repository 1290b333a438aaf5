import { readFileSync } from 'node:fs';
import { request } from 'node:https';

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

  /** What is scheduled waits from now on, as it does when `kubectl cordon` was said of every node. */
  cordon(): Promise<void> {
    return this.#setUnschedulable(true);
  }

  async uncordon(): Promise<void> {
    return this.#setUnschedulable(false);
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
    patch?: object,
  ): Promise<{ items: { metadata: { name: string } }[] }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.#server}${path}`,
        {
          method,
          ...this.#trust,
          headers: patch && { 'content-type': 'application/merge-patch+json' },
        },
        answer => {
          let text = '';
          answer.on('data', chunk => {
            text += chunk;
          });
          answer.on('error', reject);
          answer.on('end', () =>
            answer.statusCode === 200
              ? resolve(JSON.parse(text))
              : reject(new Error(`${path}: ${answer.statusCode} ${text}`)),
          );
        },
      );
      asked.on('error', reject);
      asked.end(patch && JSON.stringify(patch));
    });
  }
}
