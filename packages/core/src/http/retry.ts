import { setTimeout as wait } from 'node:timers/promises';
import { HttpFailure } from './send-request';
import type {
  HttpReply,
  HttpRequest,
  SendRequest,
  SendRequestOptions,
} from './send-request';

/** Waits so many milliseconds, or throws the signal's reason. */
export type Sleep = (
  milliseconds: number,
  signal: AbortSignal,
) => Promise<void>;

/** {@link Sleep} by the platform's timer. */
export const sleep: Sleep = async (milliseconds, signal) => {
  signal.throwIfAborted();
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
};

/** How often one request is sent in all. */
export const maxAttempts = 4;

/** Longest wait that a server may ask for; a longer one ends the request, with the time in the error. */
export const maxWait = 30_000;

const firstWait = 250;

/** Statuses that say "not now". */
export function isTransient(status: number): boolean {
  return [429, 502, 503, 504].includes(status);
}

/**
 * Milliseconds before attempt `attempt + 1`: what `Retry-After` says (RFC 9110 §10.2.3, seconds or a date), else doubling
 * from 250 with up to half of it taken off by chance, so that many runs do not come back together.
 */
export function toWait(
  attempt: number,
  reply: HttpReply | undefined,
  now: Date,
): number {
  const after = reply?.headers.get('retry-after');
  if (after) {
    const seconds = Number(after);
    if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
    const date = Date.parse(after);
    if (!Number.isNaN(date)) return Math.max(0, date - now.getTime());
  }
  return firstWait * 2 ** (attempt - 1) * (1 - Math.random() / 2);
}

/** What {@link sendWithRetry} reaches the outside with; tests put their own here. */
export interface HttpPorts {
  readonly send: SendRequest;
  readonly sleep: Sleep;
  readonly clock: { now(): Date };
}

/** Options of {@link sendWithRetry}. */
export interface RetryOptions extends SendRequestOptions {
  /**
   * `always`: the request may be repeated whatever became of it. `when-busy`: only where the server says (429) that it
   * did not look at it; what a lost reply means is the caller's to find out.
   */
  readonly repeat: 'always' | 'when-busy';
}

/**
 * Sends a request at most {@link maxAttempts} times.
 *
 * @returns the first answer that is not {@link isTransient}, or the last one.
 * @throws HttpFailure where the last attempt brought no answer; the signal's reason where it was aborted.
 */
export async function sendWithRetry(
  request: HttpRequest,
  ports: HttpPorts,
  options: RetryOptions,
): Promise<HttpReply> {
  for (let attempt = 1; ; attempt += 1) {
    let reply: HttpReply | undefined;
    try {
      reply = await ports.send(request, options);
      const again =
        options.repeat === 'always'
          ? isTransient(reply.status)
          : reply.status === 429;
      if (!again || attempt === maxAttempts) return reply;
    } catch (error) {
      const final =
        !(error instanceof HttpFailure) ||
        error.reason === 'too-large' ||
        options.repeat === 'when-busy' ||
        attempt === maxAttempts;
      if (final) throw error;
    }
    const pause = toWait(attempt, reply, ports.clock.now());
    if (reply !== undefined && pause > maxWait) return reply;
    await ports.sleep(pause, options.signal);
  }
}
