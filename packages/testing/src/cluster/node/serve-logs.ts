import { createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { once } from 'node:events';
import type { PodWorker } from './pod/pod-worker';
import type { LogLine, RunLog } from './container/run-log';

/** The kubelet's HTTPS endpoint. */
export interface LogServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What `GET …/log` of the API server passes on. */
interface LogQuery {
  readonly follow: boolean;
  readonly previous: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  readonly limitBytes?: number;
  readonly since?: number;
}

/**
 * Serves `/containerLogs/<namespace>/<pod>/<container>` to who has a client certificate of the cluster's authority, as the API
 * server does.
 */
export async function serveLogs(
  tls: { readonly ca: string; readonly cert: string; readonly key: string },
  podOf: (namespace: string, name: string) => PodWorker | undefined,
): Promise<LogServer> {
  const server = createServer(
    { ...tls, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const url = new URL(request.url ?? '/', 'https://node');
      const [, what, namespace, name, container] = url.pathname.split('/');
      if (what !== 'containerLogs' || !container) {
        refuse(response, 404, `${url.pathname} is not offered by this node`);
        return;
      }
      const pod = podOf(namespace, name);
      const query = readQuery(url.searchParams);
      if (!pod) refuse(response, 404, `pod "${name}" not found`);
      else answer(response, pod, container, query);
    },
  );
  const sockets = new Set<Duplex>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function readQuery(parameters: URLSearchParams): LogQuery {
  const toNumber = (name: string) => {
    const value = parameters.get(name);
    return value === null ? undefined : Number(value);
  };
  const seconds = toNumber('sinceSeconds');
  const time = parameters.get('sinceTime');
  const isTrue = (name: string) => parameters.get(name) === 'true';
  return {
    follow: isTrue('follow'),
    previous: isTrue('previous'),
    timestamps: isTrue('timestamps'),
    tailLines: toNumber('tailLines'),
    limitBytes: toNumber('limitBytes'),
    since:
      seconds !== undefined
        ? Date.now() - 1000 * seconds
        : (time && Date.parse(time)) || undefined,
  };
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
): void {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(message);
}

function answer(
  response: ServerResponse,
  pod: PodWorker,
  container: string,
  query: LogQuery,
): void {
  const { name } = pod.pod.metadata;
  const loop = pod.loopOf(container);
  if (!loop) {
    const message = `container "${container}" in pod "${name}" is not available`;
    refuse(response, 400, message);
    return;
  }
  const log = loop.log(query.previous);
  if (log) {
    send(response, log, query);
    return;
  }
  const reason = loop.status.state.waiting?.reason ?? '';
  const words: Record<string, string> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
  };
  const message = query.previous
    ? `previous terminated container "${container}" in pod "${name}" not found`
    : `container "${container}" in pod "${name}" is waiting to start: ${
        words[reason] ?? reason
      }`;
  refuse(response, 400, message);
}

function send(response: ServerResponse, log: RunLog, query: LogQuery): void {
  const { follow, timestamps, tailLines, since } = query;
  let left = query.limitBytes ?? Infinity;
  const write = ({ time, text }: LogLine) => {
    if (since !== undefined && time.getTime() < since) return;
    const stamp = timestamps ? `${toNanoseconds(time)} ` : '';
    const bytes = Buffer.concat([Buffer.from(stamp), text]).subarray(0, left);
    left -= bytes.length;
    response.write(bytes);
    if (left <= 0) response.end();
  };
  response.writeHead(200, { 'content-type': 'text/plain' });
  // Who follows is to know at once that it works.
  response.flushHeaders();
  const lines = follow ? log.finished : log.lines;
  const wanted =
    tailLines === undefined
      ? lines
      : lines.slice(Math.max(0, lines.length - tailLines));
  for (const line of wanted) if (left > 0) write(line);
  if (!follow || left <= 0) {
    response.end();
    return;
  }
  const leave = log.follow({
    line: line => {
      if (left > 0) write(line);
    },
    end: () => response.end(),
  });
  response.on('close', leave);
}

/** As RFC 3339 with nanoseconds, which the kubelet writes. */
function toNanoseconds(time: Date): string {
  return time.toISOString().replace('Z', '000000Z');
}
