import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { close, listen } from './git/start-git-server';

/** When in the life of a request the client dies. */
export type KillMoment =
  /** The upstream never sees the request. */
  | 'before'
  /** The client is gone, but what it started goes on: an orphan of it may land its work later. */
  | 'during'
  /** The upstream has done its work and answered; the client never learns it. */
  | 'after';

/** Reverse proxies between a client and the test servers that it speaks to, which can end the client. */
export interface KillProxy {
  /** Host and port that stand for each upstream, in the order given. */
  readonly hosts: readonly string[];
  /** Every request that came by, to whichever upstream: `POST /ledger.git/git-receive-pack`. */
  readonly requests: readonly string[];
  /** Kills at the n-th request from now on, counted from 0; once. */
  trap(at: number, when: KillMoment, kill: () => void): void;
  /** Takes back a trap that no request has reached. */
  disarm(): void;
  /** Resolves when no request is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Trap {
  left: number;
  readonly when: KillMoment;
  readonly kill: () => void;
}

/** Starts a proxy on a free port for each upstream, such as `http://127.0.0.1:5000`; they count requests together. */
export async function startKillProxy(
  upstreams: readonly string[],
): Promise<KillProxy> {
  const requests: string[] = [];
  const open = new Set<Promise<unknown>>();
  let trap: Trap | undefined;
  const receive = async (
    upstream: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    requests.push(`${request.method} ${request.url}`);
    const closed = once(response, 'close').finally(() => open.delete(closed));
    open.add(closed);
    const mine = trap && trap.left-- === 0 ? trap : undefined;
    const body = await readAll(request).catch(() => undefined);
    if (body === undefined) return;
    if (mine?.when === 'before') {
      mine.kill();
      response.destroy();
      return;
    }
    if (mine?.when === 'during') mine.kill();
    forward(upstream, request, body, response, () => {
      if (mine?.when !== 'after') return false;
      mine.kill();
      response.destroy();
      return true;
    });
  };
  const servers = upstreams.map(upstream =>
    createServer((request, response) => receive(upstream, request, response)),
  );
  await Promise.all(servers.map(listen));
  return {
    hosts: servers.map(
      server => `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ),
    requests,
    trap: (at, when, kill) => {
      trap = { left: at, when, kill };
    },
    disarm: () => {
      trap = undefined;
    },
    idle: async () => {
      while (open.size > 0) await Promise.all(open);
    },
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

/** Forwards and buffers the whole answer, so that `isCut` is asked when the upstream is done. */
function forward(
  upstream: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  isCut: () => boolean,
): void {
  const outgoing = sendRequest(
    new URL(request.url!, upstream),
    {
      method: request.method,
      headers: withLength(request.headers, body),
    },
    async answer => {
      const bytes = await readAll(answer);
      if (isCut()) return;
      response.writeHead(answer.statusCode!, withLength(answer.headers, bytes));
      response.end(bytes);
    },
  );
  outgoing.on('error', () => response.destroy());
  outgoing.end(body);
}

/** The body is sent in one piece, so its length takes the place of a chunked encoding. */
function withLength(
  { 'transfer-encoding': _, ...headers }: IncomingHttpHeaders,
  body: Buffer,
): IncomingHttpHeaders {
  return { ...headers, 'content-length': String(body.length) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
