import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterAdmin } from './ClusterAdmin';
import { ClusterGate } from './ClusterGate';
import { portalData, root } from './portalData';
import { PortalProcess } from './PortalProcess';

// Beside the portal that the other tests share.
const clusterPort = String(Number(process.env.PORTAL_PORT ?? 7107) + 100);

/** The environments of that portal, as `./scripts/start --cluster` has them. */
const [environments = ''] =
  /^dojo:\n(?: .*\n)+/m.exec(
    readFileSync(join(root, 'app-config.cluster.yaml'), 'utf8'),
  ) ?? [];

/** Beside its data folder, which a start empties. */
const configOf = (data: string) => `${data}.yaml`;

/** One portal of its own with a cluster beside it, as `./scripts/start --cluster` starts it; its data folder begins empty. */
export class ClusterPortal {
  readonly url: string;
  readonly data: string;
  readonly admin: ClusterAdmin;
  /** Before the API server of staging, for the portal and nobody else. */
  readonly staging: ClusterGate;
  readonly #process: PortalProcess;

  private constructor(
    portal: PortalProcess,
    data: string,
    staging: ClusterGate,
  ) {
    this.#process = portal;
    this.data = data;
    this.staging = staging;
    this.url = portal.url;
    this.admin = new ClusterAdmin(portal.address('Kubeconfig'));
  }

  static async start(): Promise<ClusterPortal> {
    const data = `${portalData}-cluster`;
    const staging = await ClusterGate.make(data);
    mkdirSync(dirname(data), { recursive: true });
    writeFileSync(configOf(data), environments);
    const portal = await PortalProcess.start(
      'scripts/start.mjs',
      [
        ...['--cluster', '--reset', '--data', data],
        ...['--port', clusterPort, '--config', configOf(data)],
      ],
      { DOJO_STAGING_CLUSTER_URL: staging.url },
    );
    return new ClusterPortal(portal, data, staging);
  }

  /** Where the pods of an environment answer, whichever they are. */
  pageOf(environment: string): string {
    return this.#process.address(`Ledger in ${environment}`);
  }

  /** Has a freeze of an environment begin, such as `Sun 00:00 - Tue 08:00 Europe/Rome`; without one it ends. */
  freeze(environment: string, window?: string): void {
    const name = `    - name: ${environment}\n`;
    if (!environments.includes(name)) throw new Error(`no ${environment}`);
    const frozen = `${name}      freeze: ['${window}']\n`;
    writeFileSync(
      configOf(this.data),
      window === undefined ? environments : environments.replace(name, frozen),
    );
  }

  /** Ends every process of it. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await this.staging.close();
  }
}
