import { redactSecrets } from '../text/redact-secrets';
import { mayCarryCredentials } from '../http/may-carry-credentials';
import { sendWithRetry } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { HttpFailure } from '../http/send-request';
import type { HttpReply, HttpRequest } from '../http/send-request';
import { toPrintable } from '../text/to-printable';
import { forgeErrors } from './forge-errors';

/** One request to the REST API. */
export interface GithubRequest {
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** Below the API's base URL: `/repos/acme/ledger/releases`. */
  readonly path: string;
  readonly json?: unknown;
  /** What it is for, in an error: `read release v1.2.0`. */
  readonly action: string;
}

/** An answer of the statuses that mean something to the caller: 200, 201, 404, 422. */
export interface GithubReply {
  readonly status: number;
  readonly json: unknown;
  /** The API's own words in an error, on one line and without secrets. */
  readonly said: string;
}

/** Where the API is, and as whom. */
export interface GithubAccess {
  /** `https://api.github.com`, without a slash at its end. */
  readonly apiBaseUrl: string;
  token(): Promise<string | undefined>;
}

const deadline = 30_000;
/** A release with a body of 125,000 characters, escaped, and then some. */
const maxBytes = 2 * 1024 * 1024;
const maxRedirects = 3;
/** The version of the API that the types and the contract tests are of. */
const apiVersion = '2022-11-28';

/** What the API says of its limits where no header does. */
const rateLimitWords =
  /\brate[ -]limit|\babuse detection|\btemporarily blocked from/i;

/** The policy between wire and meaning: token, redirects, repeats, rate limits, and statuses that end a request. */
export class GithubClient {
  readonly #repository: string;
  readonly #access: GithubAccess;
  readonly #ports: HttpPorts;

  constructor(repository: string, access: GithubAccess, ports: HttpPorts) {
    this.#repository = repository;
    this.#access = access;
    this.#ports = ports;
  }

  /**
   * A GET is repeated and follows a renamed repository within the API's origin; a PATCH is repeated, since it sets what it
   * sets; a POST is sent once, except where the API says that it did not look at it.
   *
   * @throws DojoError for every other end; the signal's reason where it was aborted.
   */
  async request(
    request: GithubRequest,
    signal: AbortSignal,
  ): Promise<GithubReply> {
    let url = new URL(`${this.#access.apiBaseUrl}${request.path}`);
    const token = this.isSafe ? await this.#access.token() : undefined;
    const { origin } = url;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const reply = await this.#send(request, url, token, signal);
      if (reply.status < 300 || reply.status >= 400) {
        return this.#toMeaning(request, reply, token);
      }
      const location = reply.headers.get('location') ?? '';
      const target = URL.canParse(location, url.href)
        ? new URL(location, url.href)
        : undefined;
      if (target?.origin !== origin) {
        const where = target?.host ?? 'an address that is not one';
        throw forgeErrors.redirected(this.#repository, where);
      }
      if (request.method !== 'GET') throw forgeErrors.renamed(this.#repository);
      url = target;
    }
    throw forgeErrors.unavailable(
      this.#repository,
      request.action,
      `more than ${maxRedirects} redirects`,
    );
  }

  /** Whether the API is where a token may go: elsewhere it is read without one. */
  get isSafe(): boolean {
    return mayCarryCredentials(new URL(this.#access.apiBaseUrl));
  }

  /** Whether there is a token at all. */
  async hasToken(): Promise<boolean> {
    return Boolean(await this.#access.token());
  }

  async #send(
    { method, json, action }: GithubRequest,
    url: URL,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const request: HttpRequest = {
      method,
      url,
      headers: {
        accept: 'application/vnd.github+json',
        'user-agent': 'dojo-portal',
        'x-github-api-version': apiVersion,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    };
    try {
      return await sendWithRetry(request, this.#ports, {
        signal,
        deadline,
        maxBytes,
        repeat: method === 'POST' ? 'when-busy' : 'always',
      });
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw forgeErrors.unavailable(this.#repository, action, error.what);
    }
  }

  #toMeaning(
    { action }: GithubRequest,
    reply: HttpReply,
    token: string | undefined,
  ): GithubReply {
    const { status } = reply;
    const json = toJson(reply.body);
    const said = toPrintable(redactSecrets(toMessage(json), [token ?? '']));
    if ([200, 201, 404, 422].includes(status)) return { status, json, said };
    const isLimited =
      reply.headers.get('x-ratelimit-remaining') === '0' ||
      reply.headers.has('retry-after') ||
      // The secondary limit comes without either, and only its words tell.
      rateLimitWords.test(`${said} ${documentationOf(json)}`);
    if (status === 429 || (status === 403 && isLimited)) {
      throw forgeErrors.rateLimited(this.#repository, this.#toReset(reply));
    }
    if (status === 401 || status === 403) {
      throw forgeErrors.denied(this.#repository, action, said);
    }
    if (status >= 500) {
      throw forgeErrors.unavailable(
        this.#repository,
        action,
        `the forge answered with status ${status}`,
      );
    }
    throw forgeErrors.invalid(this.#repository, action, status, said);
  }

  #toReset(reply: HttpReply): Date | undefined {
    const after = Number(reply.headers.get('retry-after') ?? NaN);
    const now = this.#ports.clock.now().getTime();
    // The reset is that of the primary limit: while some of that is left, it says nothing of the other.
    const isPrimary = reply.headers.get('x-ratelimit-remaining') === '0';
    const reset = isPrimary
      ? Number(reply.headers.get('x-ratelimit-reset') ?? NaN)
      : NaN;
    const at = Number.isFinite(after) ? now + after * 1000 : reset * 1000;
    // The range of Date: what is beyond it is no time that anybody waits for.
    return Math.abs(at) <= 8.64e15 ? new Date(at) : undefined;
  }
}

function documentationOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const url = Reflect.get(json, 'documentation_url');
  return typeof url === 'string' ? url : '';
}

function toJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function toMessage(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const message = Reflect.get(json, 'message');
  const errors = Reflect.get(json, 'errors');
  const details = Array.isArray(errors)
    ? errors.map(each => JSON.stringify(each))
    : [];
  return [typeof message === 'string' ? message : '', ...details]
    .filter(Boolean)
    .join(' ');
}
