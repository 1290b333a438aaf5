import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { close, listen } from './git/start-git-server';

/** When in the life of a request the client dies. */
export type KillMoment =
  /** The upstream never sees the request. */
  | 'before'
  /** The upstream has done its work and answered; the client never learns it. */
  | 'after';

/** A reverse proxy between a client and any of the test servers, that can end the client. */
export interface KillProxy {
  readonly url: string;
  /** Every request that came by: `POST /ledger.git/git-receive-pack`. */
  readonly requests: readonly string[];
  /** Kills at the n-th request from now on, counted from 0; once. */
  trap(at: number, when: KillMoment, kill: () => void): void;
  close(): Promise<void>;
}

interface Trap {
  left: number;
  readonly when: KillMoment;
  readonly kill: () => void;
}

/** Starts the proxy on a free port; `upstream` is such as `http://127.0.0.1:5000`. */
export async function startKillProxy(upstream: string): Promise<KillProxy> {
  const requests: string[] = [];
  let trap: Trap | undefined;
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const mine = trap && trap.left-- === 0 ? trap : undefined;
    const body = await readAll(request).catch(() => undefined);
    if (body === undefined) return;
    if (mine?.when === 'before') {
      mine.kill();
      response.destroy();
      return;
    }
    forward(upstream, request, body, response, () => {
      if (mine === undefined) return false;
      mine.kill();
      response.destroy();
      return true;
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    trap: (at, when, kill) => {
      trap = { left: at, when, kill };
    },
    close: () => close(server),
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
      headers: {
        ...request.headers,
        'content-length': String(body.length),
        'transfer-encoding': undefined,
      },
    },
    async answer => {
      const bytes = await readAll(answer);
      if (isCut()) return;
      response.writeHead(answer.statusCode!, {
        ...answer.headers,
        'content-length': String(bytes.length),
        'transfer-encoding': undefined,
      });
      response.end(bytes);
    },
  );
  outgoing.on('error', () => response.destroy());
  outgoing.end(body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
