import { mayCarryCredentials } from '../http/may-carry-credentials';
import { sendWithRetry } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { HttpFailure } from '../http/send-request';
import type { HttpReply } from '../http/send-request';
import { redactSecrets } from '../text/redact-secrets';
import { toPrintable } from '../text/to-printable';
import { forgeErrors } from './forge-errors';

/** One request to a forge's REST API. */
export interface ForgeRequest {
  /** A POST makes something that there may be twice; all others set what they set. */
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** Below the API's base URL: `/repos/acme/ledger/releases`. */
  readonly path: string;
  readonly json?: unknown;
  /** What it is for, in an error: `read release v1.2.0`. */
  readonly action: string;
}

/** An answer of a status that means something to the caller. */
export interface ForgeReply {
  readonly status: number;
  readonly json: unknown;
  /** The API's own words in an error, on one line and without secrets. */
  readonly said: string;
}

/** Where an API is, and as whom. */
export interface ForgeAccess {
  /** `https://api.github.com`, without a slash at its end. */
  readonly apiBaseUrl: string;
  token(): Promise<string | undefined>;
}

/** What a forge's API has of its own. */
export interface ForgeDialect {
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that are the caller's to judge. */
  readonly meant: readonly number[];
  /** The words of an answer that is an error. */
  readonly wordsOf: (json: unknown) => string;
}

const deadline = 30_000;
/** A release with a body of 125,000 characters, escaped, and then some. */
const maxBytes = 2 * 1024 * 1024;

/** The policy between wire and meaning that all forges have in common: token, repeats, and statuses that end a request. */
export abstract class ForgeClient {
  protected readonly repository: string;
  protected readonly access: ForgeAccess;
  protected readonly ports: HttpPorts;
  readonly #dialect: ForgeDialect;

  constructor(
    repository: string,
    access: ForgeAccess,
    ports: HttpPorts,
    dialect: ForgeDialect,
  ) {
    this.repository = repository;
    this.access = access;
    this.ports = ports;
    this.#dialect = dialect;
  }

  /**
   * A POST is sent once, except where the API says that it did not look at it; all others are repeated.
   *
   * @throws DojoError for every end that is not {@link ForgeReply}; the signal's reason where it was aborted.
   */
  abstract request(
    request: ForgeRequest,
    signal: AbortSignal,
  ): Promise<ForgeReply>;

  /** Whether the API is where a token may go: elsewhere it is read without one. */
  get isSafe(): boolean {
    return mayCarryCredentials(new URL(this.access.apiBaseUrl));
  }

  /** Whether there is a token at all. */
  async hasToken(): Promise<boolean> {
    return Boolean(await this.access.token());
  }

  /** The token where it may go. */
  protected async safeToken(): Promise<string | undefined> {
    return this.isSafe ? this.access.token() : undefined;
  }

  /** @throws DojoError FORGE_UNAVAILABLE where there is no answer. */
  protected async send(
    { method, json, action }: ForgeRequest,
    url: URL,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    try {
      return await sendWithRetry(
        {
          method,
          url,
          headers: {
            'user-agent': 'dojo-portal',
            ...this.#dialect.headers,
            ...(token && { authorization: `Bearer ${token}` }),
            ...(json !== undefined && { 'content-type': 'application/json' }),
          },
          body: json === undefined ? undefined : JSON.stringify(json),
        },
        this.ports,
        {
          signal,
          deadline,
          maxBytes,
          repeat: method === 'POST' ? 'when-busy' : 'always',
        },
      );
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw forgeErrors.unavailable(this.repository, action, error.what);
    }
  }

  /** @param limited - when requests are taken again, of an answer that says that there were too many; asked only where it is none that is meant. */
  protected toMeaning(
    action: string,
    reply: HttpReply,
    token: string | undefined,
    limited: (said: string, json: unknown) => { until?: Date } | undefined,
  ): ForgeReply {
    const { status } = reply;
    const json = toJson(reply.body);
    const words = this.#dialect.wordsOf(json);
    const said = toPrintable(redactSecrets(words, [token ?? '']));
    if (this.#dialect.meant.includes(status)) return { status, json, said };
    const limit = limited(said, json);
    if (limit) throw forgeErrors.rateLimited(this.repository, limit.until);
    if (status >= 300 && status < 400) {
      throw forgeErrors.renamed(this.repository);
    }
    if (status === 401 || status === 403) {
      throw forgeErrors.denied(this.repository, action, said);
    }
    if (status >= 500) {
      throw forgeErrors.unavailable(
        this.repository,
        action,
        `the forge answered with status ${status}`,
      );
    }
    throw forgeErrors.invalid(this.repository, action, status, said);
  }
}

/** @returns undefined of what is beyond the range of Date: it is no time that anybody waits for. */
export function dateAt(milliseconds: number): Date | undefined {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds) : undefined;
}

function toJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
