import { Agent, request as send } from 'undici';
import type { KeyPair } from './certificates';

/** A refusal of the API server. */
export class ClusterAnswerError extends Error {
  override readonly name = 'ClusterAnswerError';
  constructor(asked: string, readonly status: number, readonly body: string) {
    super(`${asked}: ${status} ${body.slice(0, 2_000)}`);
  }
}

/** Plain requests to an API server with one client certificate. */
export interface AdminClient {
  /** @returns the answer's JSON, undefined where it has no body. Throws ClusterAnswerError from status 400 on. */
  request(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens a client; it verifies the server by the authority alone. */
export function adminClient(
  server: { readonly url: string; readonly ca: string },
  { cert, key }: KeyPair,
): AdminClient {
  const dispatcher = new Agent({
    connect: { ca: server.ca, cert, key },
    // Of HTTP/2, undici may raise an error that nobody can listen to when an agent is destroyed (see its #5936).
    allowH2: false,
  });
  return {
    async request(method, path, body, contentType = 'application/json') {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await send(new URL(path, server.url), {
        dispatcher,
        method: method as 'GET',
        headers: {
          accept: 'application/json',
          'user-agent': 'test-admin',
          ...(text !== undefined && { 'content-type': contentType }),
        },
        body: text,
      });
      const received = await answer.body.text();
      if (answer.statusCode >= 400) {
        throw new ClusterAnswerError(
          `${method} ${path}`,
          answer.statusCode,
          received,
        );
      }
      return received === '' ? undefined : parse(received);
    },
    close: () => dispatcher.destroy(),
  };
}

/** Logs and health checks are plain text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
