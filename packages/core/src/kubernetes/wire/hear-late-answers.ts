import { subscribe } from 'node:diagnostics_channel';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';

let isHearing = false;

/**
 * The answer to a request that was aborted before it came: Node no longer knows whose it is, and makes a stream of it that
 * nobody was given. When its session is destroyed that stream fails, and as nobody listens the process would end
 * (seen with Node 24.21 and undici 8.12, where a watch was aborted in its first milliseconds). What the channel tells of has
 * a `:status` in no other case: the streams of requests have their request's headers, and pushes are off.
 */
export function hearLateAnswers(): void {
  if (isHearing) return;
  isHearing = true;
  subscribe('http2.client.stream.created', message => {
    const { stream, headers } = message as {
      readonly stream: ClientHttp2Stream;
      readonly headers: IncomingHttpHeaders;
    };
    if (headers?.[':status'] !== undefined) stream.on('error', () => {});
  });
}
