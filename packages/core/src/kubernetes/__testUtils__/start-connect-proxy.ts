import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';

/** An HTTP proxy that makes tunnels (CONNECT), and notes to where and for whom. */
export interface ConnectProxy {
  readonly port: number;
  readonly tunnels: readonly { to: string; authorization?: string }[];
  close(): Promise<void>;
}

/** Starts a proxy on a port of this machine. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const tunnels: { to: string; authorization?: string }[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, client) => {
    const to = request.url ?? '';
    const authorization = request.headers['proxy-authorization'];
    tunnels.push({ to, authorization });
    const [host, port] = to.split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => {
        server.close(() => resolve());
      });
    },
  };
}
