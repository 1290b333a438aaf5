/** Why a request may be sent again. */
export type Trouble =
  | { readonly kind: 'wire'; readonly isSent: boolean }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Milliseconds that the server asks to wait. */
      readonly retryAfter?: number;
    };

/** Milliseconds of trouble that one request lives through: an API server restarts in less. */
export const patience = 30_000;

/** The same before the cluster has answered at all: an address that is wrong is told soon. */
export const firstPatience = 4_000;

/** How often a request is sent that a server answers with 500: webhooks that are away, a lost leader of etcd. */
export const maxServerErrors = 3;

const firstPause = 200;
const longestPause = 4_000;

/** How long it has been going on. */
export interface Troubled {
  /** Sent so often already. */
  readonly attempts: number;
  /** Milliseconds since the first failure. */
  readonly elapsed: number;
  /** The cluster has answered something in this run. */
  readonly answered: boolean;
  /** `always`: it may be done twice; `unsent`: only if the server did not look at it. */
  readonly repeat: 'always' | 'unsent';
  /** In [0, 1). */
  readonly random: number;
}

/**
 * Milliseconds until a request is sent again: what the server asks for, else doubling from 200 to 4,000 with up to half
 * taken off by chance, so that many runs do not come back together.
 *
 * @returns undefined: not again.
 */
export function pauseAfter(
  trouble: Trouble,
  troubled: Troubled,
): number | undefined {
  const { attempts, elapsed, repeat, random } = troubled;
  if (!mayRepeat(trouble, repeat)) return undefined;
  if (
    trouble.kind === 'status' &&
    trouble.status === 500 &&
    attempts >= maxServerErrors
  ) {
    return undefined;
  }
  const asked = trouble.kind === 'status' ? trouble.retryAfter : undefined;
  const usual =
    Math.min(longestPause, firstPause * 2 ** (attempts - 1)) * (1 - random / 2);
  const pause = asked ?? usual;
  const isAnswered = troubled.answered || trouble.kind === 'status';
  return elapsed + pause > (isAnswered ? patience : firstPatience)
    ? undefined
    : pause;
}

/**
 * Whether an answer asks to come back. A 500 does where it is about another system: a webhook, etcd. The server also answers
 * with 500, and no reason, where the object is to blame.
 *
 * @param said absent: the answer was no Status.
 */
export function isTrouble(
  status: number,
  said: { readonly reason: string; readonly message: string } | undefined,
): boolean {
  if (status !== 500) return [429, 502, 503, 504].includes(status);
  return (
    said === undefined ||
    said.reason === 'InternalError' ||
    /etcdserver|rpc error|connection re|timed? ?out/.test(said.message)
  );
}

function mayRepeat(trouble: Trouble, repeat: Troubled['repeat']): boolean {
  if (repeat === 'always') return true;
  return trouble.kind === 'wire'
    ? !trouble.isSent
    : [401, 403, 429].includes(trouble.status);
}

/** Milliseconds of a `Retry-After` (RFC 9110 §10.2.3: seconds, or a date). */
export function parseRetryAfter(
  header: string | undefined,
  now: Date,
): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
