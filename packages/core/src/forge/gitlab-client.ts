import { mayCarryCredentials } from '../http/may-carry-credentials';
import { sendWithRetry } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { HttpFailure } from '../http/send-request';
import type { HttpReply } from '../http/send-request';
import { redactSecrets } from '../text/redact-secrets';
import { toPrintable } from '../text/to-printable';
import { forgeErrors } from './forge-errors';

/** One request to the REST API. */
export interface GitlabRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the API's base URL: `/projects/acme%2Finfra`. */
  readonly path: string;
  readonly json?: unknown;
  /** What it is for, in an error: `list the merge requests`. */
  readonly action: string;
}

/** An answer of the statuses that mean something to the caller: 200, 201, 400, 404, 409, 422. */
export interface GitlabReply {
  readonly status: number;
  readonly json: unknown;
  /** The API's own words in an error, on one line and without secrets. */
  readonly said: string;
}

/** Where the API is, and as whom. */
export interface GitlabAccess {
  /** `https://gitlab.com/api/v4`, without a slash at its end. */
  readonly apiBaseUrl: string;
  token(): Promise<string | undefined>;
}

const deadline = 30_000;
const maxBytes = 2 * 1024 * 1024;
const meant: readonly number[] = [200, 201, 400, 404, 409, 422];

/** The policy between wire and meaning: token, repeats, rate limits, and statuses that end a request. */
export class GitlabClient {
  readonly #repository: string;
  readonly #access: GitlabAccess;
  readonly #ports: HttpPorts;

  constructor(repository: string, access: GitlabAccess, ports: HttpPorts) {
    this.#repository = repository;
    this.#access = access;
    this.#ports = ports;
  }

  /** Whether the API is where a token may go: elsewhere it is read without one. */
  get isSafe(): boolean {
    return mayCarryCredentials(new URL(this.#access.apiBaseUrl));
  }

  /** Whether there is a token at all. */
  async hasToken(): Promise<boolean> {
    return Boolean(await this.#access.token());
  }

  /**
   * A GET and a PUT are repeated; a POST is sent once, except where the API says that it did not look at it. A redirect
   * is not followed: GitLab sends one for a project that was moved, and a token goes nowhere else.
   *
   * @throws DojoError for every end that is not {@link GitlabReply}; the signal's reason where it was aborted.
   */
  async request(
    request: GitlabRequest,
    signal: AbortSignal,
  ): Promise<GitlabReply> {
    const { method, path, json, action } = request;
    const token = this.isSafe ? await this.#access.token() : undefined;
    let reply: HttpReply;
    try {
      reply = await sendWithRetry(
        {
          method,
          url: new URL(`${this.#access.apiBaseUrl}${path}`),
          headers: {
            accept: 'application/json',
            'user-agent': 'dojo-portal',
            // Personal, project and OAuth tokens alike (GitLab, "REST API authentication").
            ...(token && { authorization: `Bearer ${token}` }),
            ...(json !== undefined && { 'content-type': 'application/json' }),
          },
          body: json === undefined ? undefined : JSON.stringify(json),
        },
        this.#ports,
        {
          signal,
          deadline,
          maxBytes,
          repeat: method === 'POST' ? 'when-busy' : 'always',
        },
      );
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw forgeErrors.unavailable(this.#repository, action, error.what);
    }
    return this.#toMeaning(action, reply, token);
  }

  #toMeaning(
    action: string,
    reply: HttpReply,
    token: string | undefined,
  ): GitlabReply {
    const { status } = reply;
    const json = toJson(reply.body);
    const said = toPrintable(redactSecrets(wordsOf(json), [token ?? '']));
    if (meant.includes(status)) return { status, json, said };
    if (status >= 300 && status < 400)
      throw forgeErrors.renamed(this.#repository);
    if (status === 401 || status === 403) {
      throw forgeErrors.denied(this.#repository, action, said);
    }
    if (status === 429) {
      const reset = Number(reply.headers.get('ratelimit-reset') ?? NaN) * 1_000;
      const isTime = Math.abs(reset) <= 8.64e15;
      throw forgeErrors.rateLimited(
        this.#repository,
        isTime ? new Date(reset) : undefined,
      );
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
}

function toJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** `message` is a text, a list of texts, or lists by field; `error` is a text. */
function wordsOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const said = Reflect.get(json, 'message') ?? Reflect.get(json, 'error');
  if (typeof said === 'string') return said;
  return said === undefined ? '' : JSON.stringify(said);
}
