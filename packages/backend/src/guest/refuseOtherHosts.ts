import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a page of another site is told that made its own name lead to this machine. */
const refusal = JSON.stringify({
  error: {
    name: 'NotAllowedError',
    message:
      'this portal does not answer to that Host header: open it at its own address (app.baseUrl)',
  },
});

/** Whether a request names the portal itself. */
export function isOwnHost(
  { headers }: Pick<IncomingMessage, 'headers'>,
  own: ReadonlySet<string>,
): boolean {
  return headers.host !== undefined && own.has(headers.host.toLowerCase());
}

/**
 * Refuses requests whose `Host` is not the portal's own. The guest needs no password, so that any site that a person on
 * this machine opens could have its name lead here (DNS rebinding), and would be signed in.
 */
export function refuseOtherHosts(own: ReadonlySet<string>) {
  return (
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): void => {
    if (isOwnHost(request, own)) {
      next();
      return;
    }
    response.writeHead(421, { 'Content-Type': 'application/json' });
    response.end(refusal);
  };
}
