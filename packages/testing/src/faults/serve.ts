import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FaultPlan } from './fault-plan';
import type { Fault, LoggedRequest } from './fault-plan';

/** An answer that is ready to go out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array | string;
}

/** A server on a free port of 127.0.0.1 that logs what it is asked and goes wrong as planned. */
export interface FaultyServer {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly url: string;
  readonly log: readonly LoggedRequest[];
  readonly faults: FaultPlan;
  clearLog(): void;
  close(): Promise<void>;
}

/** Serves `answer` behind a log and a {@link FaultPlan}. */
export async function serve(
  answer: (request: IncomingMessage, body: Buffer) => Promise<Answer>,
): Promise<FaultyServer> {
  const log: LoggedRequest[] = [];
  const faults = new FaultPlan();
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    const { authorization } = request.headers;
    const record = (status?: number) =>
      log.push({ method, path: url, authorization, status });
    try {
      const body = await readAll(request);
      const fault = faults.take(method, url);
      const answered = await meet(fault, () => answer(request, body));
      record(answered?.status);
      if (answered !== undefined) send(response, method, answered);
      else if (fault?.kind !== 'hang') response.destroy();
    } catch (error) {
      record(500);
      send(response, method, {
        status: 500,
        headers: {},
        body: error instanceof Error ? error.message : String(error),
      });
    }
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `http://${host}`,
    log,
    faults,
    clearLog: () => void log.splice(0),
    close: () => close(server),
  };
}

async function meet(
  fault: Fault | undefined,
  answer: () => Promise<Answer>,
): Promise<Answer | undefined> {
  switch (fault?.kind) {
    case 'drop-request':
    case 'hang':
      return undefined;
    case 'answer':
      return {
        status: fault.status,
        headers: fault.headers ?? {},
        body: fault.body ?? '',
      };
    case 'drop-reply':
      await answer();
      return undefined;
    case 'then': {
      const answered = await answer();
      await fault.run();
      return answered;
    }
    default:
      return answer();
  }
}

function send(response: ServerResponse, method: string, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers });
  response.end(method === 'HEAD' ? undefined : answer.body);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Listens on a free port of 127.0.0.1. */
export function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise(resolve => {
    server.close(() => resolve());
  });
}
