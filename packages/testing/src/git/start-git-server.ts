import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { devNull } from 'node:os';

/** One request as the server saw it. */
export interface GitServerRequest {
  readonly method: string;
  /** Path and query: `/ledger.git/info/refs?service=git-receive-pack`. */
  readonly url: string;
  readonly authorization: string | undefined;
}

/** Options of {@link startGitServer}. */
export interface GitServerOptions {
  /** Folder of bare repositories; `<url>/<name>.git` is the one of that name. */
  readonly root: string;
  /** Whole Authorization header that is let in; default: everybody may read and push. */
  readonly authorization?: string;
  /** Answers a request in git's place. @returns true where it did. */
  readonly intercept?: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => boolean;
}

/** A running git server. */
export interface GitServer {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly requests: readonly GitServerRequest[];
  /** Bytes over all connections, in both directions, heads included. */
  readonly bytes: () => number;
  close(): Promise<void>;
}

/** Git's own smart HTTP server (`git http-backend`) on a free port of this machine. */
export async function startGitServer(
  options: GitServerOptions,
): Promise<GitServer> {
  const requests: GitServerRequest[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    requests.push({
      method: request.method!,
      url: request.url!,
      authorization,
    });
    if (options.intercept?.(request, response)) return;
    if (options.authorization && authorization !== options.authorization) {
      response
        .writeHead(authorization ? 403 : 401, {
          'WWW-Authenticate': 'Basic realm="git"',
        })
        .end('no');
      return;
    }
    runBackend(options.root, request, response);
  });
  const open = new Set<Socket>();
  let closedBytes = 0;
  server.on('connection', socket => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      closedBytes += bytesOf(socket);
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    bytes: () =>
      [...open].reduce((sum, socket) => sum + bytesOf(socket), closedBytes),
    close: () => close(server),
  };
}

/** Listens on a free port of the loopback interface. */
export function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
}

/** Closes a server and the connections it holds. */
export function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function bytesOf({ bytesRead, bytesWritten }: Socket): number {
  return bytesRead + bytesWritten;
}

function runBackend(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, search } = new URL(request.url!, 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: devNull,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A client that was killed in mid-request is what the tests are about.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  request.on('aborted', () => child.stdin.end());
  forwardCgi(child.stdout, response);
}

function forwardCgi(
  stdout: NodeJS.ReadableStream,
  response: ServerResponse,
): void {
  let head = Buffer.alloc(0);
  let isOpen = false;
  stdout.on('data', (chunk: Buffer) => {
    if (isOpen) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    isOpen = true;
    writeHead(head.toString('latin1', 0, end), response);
    response.write(head.subarray(end + 4));
  });
  stdout.on('end', () => response.end());
}

function writeHead(text: string, response: ServerResponse): void {
  let status = 200;
  const headers: [string, string][] = [];
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else headers.push([name, value]);
  }
  response.writeHead(status, Object.fromEntries(headers));
}
