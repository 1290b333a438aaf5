import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { Server } from 'node:https';
import { dirname, join } from 'node:path';

/** Where the cluster of a portal is, as the portal's start writes it down. */
export interface ClusterState {
  readonly url: string;
  /** Base64 of PEM. */
  readonly ca: string;
  /** Beside the key of the server itself. */
  readonly kubeconfig: string;
}

/**
 * The API server as it is for whose token has expired: it is asked with one that it does not know, and what it answers comes
 * back. Connections are given to it (`connection`); it listens nowhere.
 */
export function withExpiredToken({
  url,
  ca,
  kubeconfig,
}: ClusterState): Server {
  const own = (name: string) => readFileSync(join(dirname(kubeconfig), name));
  const pair = { key: own('apiserver.key'), cert: own('apiserver.crt') };
  return createServer(pair, (question, answer) => {
    const asked = request(
      `${url}${question.url}`,
      {
        method: question.method,
        ca: Buffer.from(ca, 'base64'),
        headers: { ...question.headers, authorization: 'Bearer of-yesterday' },
      },
      given => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      },
    );
    asked.on('error', () => answer.destroy());
    question.pipe(asked);
  });
}
