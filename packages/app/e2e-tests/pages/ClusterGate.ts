import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';

/** Where the first gate is tried: below the ports that connections get by themselves, so that it is free again later. */
const firstPort = 16_443;

/**
 * The way from the portal to the API server of one environment. While it is closed the server is away for the portal alone:
 * open connections are cut, new ones refused, as by a machine on which it does not run.
 */
export class ClusterGate {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #open = new Set<Socket>();
  #server: Server;

  private constructor(server: Server, port: number, data: string) {
    this.#server = server;
    this.#port = port;
    this.#data = data;
    this.url = `https://127.0.0.1:${port}`;
    this.#serve(server);
  }

  /** @param data - Data folder of the portal, which says there where its cluster is, once it runs. */
  static async make(data: string): Promise<ClusterGate> {
    for (let port = firstPort; ; port += 1) {
      const server = await listen(port).catch(() => undefined);
      if (server !== undefined) return new ClusterGate(server, port, data);
      if (port > firstPort + 100) throw new Error('no port is free');
    }
  }

  /** Resolves when nobody comes through any more. */
  async close(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  async reopen(): Promise<void> {
    this.#server = await listen(this.#port);
    this.#serve(this.#server);
  }

  #serve(server: Server): void {
    // Whoever forgets to close it may still end.
    server.unref();
    server.on('connection', client => {
      const target = this.#target();
      // The portal goes after its cluster.
      if (target === undefined) {
        client.destroy();
        return;
      }
      const upstream = connect(target, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.#open.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#open.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      client.pipe(upstream).pipe(client);
    });
  }

  #target(): number | undefined {
    const file = join(this.#data, 'cluster.json');
    if (!existsSync(file)) return undefined;
    const state = readFileSync(file, 'utf8');
    return Number(new URL(JSON.parse(state).url).port);
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
