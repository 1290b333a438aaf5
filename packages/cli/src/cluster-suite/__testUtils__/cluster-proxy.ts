import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request as sendRequest } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { certificateOf } from './suite-cluster';
import type { SuiteCluster } from './suite-cluster';

/** What the proxy does with a request, instead of passing it on and answering. */
export type Interference =
  /** The API server never sees it. */
  | { readonly kind: 'before'; run(): void }
  /** The API server has done it, and the client never learns. */
  | { readonly kind: 'after'; run(): void }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter?: number;
    };

/** A proxy before an API server that sees each request of a user. */
export interface ClusterProxy {
  /** Path of a kubeconfig that leads through it. */
  readonly kubeconfig: string;
  /** `PATCH /apis/apps/v1/…`, in the order in which they came. */
  readonly requests: readonly string[];
  /** What happens to a request, by its number from 0; undefined: it passes. */
  interfere(
    rule: (at: number, request: string) => Interference | undefined,
  ): void;
  /** Resolves when no request but a watch is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy that asks in the name of the suite's user, whoever comes. */
export async function startClusterProxy({
  cluster,
  kubeconfig,
}: SuiteCluster): Promise<ClusterProxy> {
  const serving = await cluster.servingCertificate(['127.0.0.1']);
  const agent = new Agent({
    keepAlive: true,
    ca: cluster.ca,
    ...certificateOf(kubeconfig),
  });
  const requests: string[] = [];
  const open = new Set<Promise<unknown>>();
  let rule: (at: number, request: string) => Interference | undefined = () =>
    undefined;

  const receive = async (
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const shown = `${request.method} ${request.url}`;
    const interference = rule(requests.length, shown);
    requests.push(shown);
    if (!/[?&](?:watch|follow)=/.test(shown)) {
      const closed = once(response, 'close').finally(() => open.delete(closed));
      open.add(closed);
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    if (interference?.kind === 'before') {
      interference.run();
      response.destroy();
      return;
    }
    if (interference?.kind === 'answer') {
      const { status, retryAfter } = interference;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      });
      response.end(statusOf(status));
      return;
    }
    const outgoing = sendRequest(
      new URL(request.url!, cluster.url),
      { method: request.method, headers: request.headers, agent },
      answer => {
        if (interference?.kind === 'after') {
          answer.resume().once('end', () => {
            interference.run();
            response.destroy();
          });
          return;
        }
        response.writeHead(answer.statusCode!, answer.headers);
        // A watch begins with its head: the first object may be long in coming.
        response.flushHeaders();
        answer.pipe(response);
        answer.once('error', () => response.destroy());
      },
    );
    outgoing.once('error', () => response.destroy());
    response.once('close', () => outgoing.destroy());
    outgoing.end(Buffer.concat(chunks));
  };

  const server = createServer(serving, (request, response) => {
    void receive(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const path = `${kubeconfig}.proxy-${port}`;
  writeFileSync(
    path,
    readFileSync(kubeconfig, 'utf8').replace(
      cluster.url,
      `https://127.0.0.1:${port}`,
    ),
    { mode: 0o600 },
  );
  return {
    kubeconfig: path,
    requests,
    interfere(next) {
      const from = requests.length;
      rule = (at, request) => next(at - from, request);
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function statusOf(code: number): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'the test answers this',
    reason: code === 429 ? 'TooManyRequests' : 'InternalError',
    code,
  });
}
