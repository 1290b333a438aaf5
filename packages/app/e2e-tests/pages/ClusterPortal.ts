import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterAdmin } from './ClusterAdmin';
import { ClusterGate } from './ClusterGate';
import { portalData, root } from './portalData';

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
  readonly #child: ChildProcess;
  readonly #says: string;

  private constructor(
    child: ChildProcess,
    data: string,
    says: string,
    staging: ClusterGate,
  ) {
    this.#child = child;
    this.data = data;
    this.staging = staging;
    this.#says = says;
    this.url = this.#address('Portal');
    this.admin = new ClusterAdmin(this.#address('Kubeconfig'));
  }

  static async start(): Promise<ClusterPortal> {
    const data = `${portalData}-cluster`;
    const staging = await ClusterGate.make(data);
    mkdirSync(dirname(data), { recursive: true });
    writeFileSync(configOf(data), environments);
    const child = spawn(
      process.execPath,
      [
        ...['scripts/start.mjs', '--cluster', '--reset'],
        ...['--data', data, '--port', clusterPort, '--config', configOf(data)],
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DOJO_STAGING_CLUSTER_URL: staging.url },
      },
    );
    // A runner that is ended in between leaves no portal behind.
    process.once('exit', () => child.kill());
    let says = '';
    let complains = '';
    child.stderr.on('data', chunk => {
      complains += chunk;
    });
    return new Promise((resolve, reject) => {
      child.once('exit', () => reject(new Error(complains)));
      child.stdout.on('data', chunk => {
        says += chunk;
        // The last line that it says.
        if (/^Backend .*\n/m.test(says)) {
          resolve(new ClusterPortal(child, data, says, staging));
        }
      });
    });
  }

  /** Where the pods of an environment answer, whichever they are. */
  pageOf(environment: string): string {
    return this.#address(`Ledger in ${environment}`);
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
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    await this.staging.close();
  }

  #address(of: string): string {
    const [, url] = new RegExp(`^${of} (\\S+)$`, 'm').exec(this.#says) ?? [];
    if (url === undefined) throw new Error(`no address of ${of}`);
    return url;
  }
}
