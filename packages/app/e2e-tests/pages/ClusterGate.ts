import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { withExpiredToken } from './expiredTokens';
import type { ClusterState } from './expiredTokens';

/**
 * Where the first gate is tried: below the ports that connections get by themselves, and another one beside another portal, so
 * that it is free again later.
 */
const firstPort = 16_000 + (Number(process.env.PORTAL_PORT ?? 7107) % 1_000);

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
  #isTokenExpired = false;

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
    if (!this.#server.listening) return;
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#cut();
    await closed;
  }

  /** All is as before. */
  async reopen(): Promise<void> {
    if (this.#isTokenExpired) this.#cut();
    this.#isTokenExpired = false;
    await this.#listen();
  }

  /** The server is there, and does not know the portal's token any more. */
  async expireToken(): Promise<void> {
    this.#isTokenExpired = true;
    this.#cut();
    await this.#listen();
  }

  async #listen(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = await listen(this.#port);
    this.#serve(this.#server);
  }

  #cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #serve(server: Server): void {
    // Whoever forgets to close it may still end.
    server.unref();
    server.on('connection', client => {
      const state = this.#state();
      // The portal goes after its cluster.
      if (state === undefined) {
        client.destroy();
        return;
      }
      if (this.#isTokenExpired) {
        this.#open.add(client);
        client.on('close', () => this.#open.delete(client));
        withExpiredToken(state).emit('connection', client);
        return;
      }
      const upstream = connect(Number(new URL(state.url).port), '127.0.0.1');
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

  #state(): ClusterState | undefined {
    const file = join(this.#data, 'cluster.json');
    return existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : undefined;
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
