import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that an API made of answers got. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization?: string;
  readonly body: string;
}

/** What is answered: a body with a status, or whatever is done with the response. */
export type ApiAnswer =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  | ((response: ServerResponse) => void | Promise<void>);

/** An API made of answers, on a port of this machine. */
export interface TestApi {
  readonly url: string;
  readonly calls: ApiCall[];
  /** Number of those made so far. */
  connections(): number;
  /** Resolves with the first connection. */
  readonly connected: Promise<void>;
  /** Resolves with the end of the first that ends. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Serves what `answer` gives for each call; an object stands for a 200 with it. */
export async function startApi(
  answer: (call: ApiCall, index: number) => ApiAnswer | Promise<ApiAnswer>,
): Promise<TestApi> {
  const calls: ApiCall[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const call = await toCall(request);
    const index = calls.push(call) - 1;
    const answered = await answer(call, index);
    if (typeof answered === 'function') {
      await answered(response);
      return;
    }
    const { headers = {}, body = {} } = answered;
    response.writeHead(answered.status, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const connected = new Promise<void>(resolve => {
    server.on('connection', () => {
      connections += 1;
      resolve();
    });
  });
  const closed = new Promise<void>(resolve => {
    server.on('connection', socket => socket.on('close', () => resolve()));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    connections: () => connections,
    connected,
    closed,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => {
        server.close(() => resolve());
      });
    },
  };
}

async function toCall(request: IncomingMessage): Promise<ApiCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '', 'http://api.test');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** A Status of the API server. */
export function status(
  code: number,
  reason: string,
  message: string,
  more: object = {},
): { status: number; body: object } {
  return {
    status: code,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
      message,
      ...more,
    },
  };
}
