import type { HttpPorts } from '../http/retry';
import type { HttpReply } from '../http/send-request';
import { dateAt, ForgeClient } from './forge-client';
import type { ForgeAccess, ForgeReply, ForgeRequest } from './forge-client';
import { forgeErrors } from './forge-errors';

const maxRedirects = 3;
/** The version of the API that the types and the contract tests are of. */
const apiVersion = '2022-11-28';

/** What the API says of its limits where no header does. */
const rateLimitWords =
  /\brate[ -]limit|\babuse detection|\btemporarily blocked from/i;

/** GitHub's REST API: its redirects and its rate limits. */
export class GithubClient extends ForgeClient {
  constructor(repository: string, access: ForgeAccess, ports: HttpPorts) {
    super(repository, access, ports, {
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': apiVersion,
      },
      meant: [200, 201, 404, 422],
      wordsOf: toMessage,
    });
  }

  /** A GET follows a renamed repository within the API's origin. */
  async request(
    request: ForgeRequest,
    signal: AbortSignal,
  ): Promise<ForgeReply> {
    const { method, path, action } = request;
    let url = new URL(`${this.access.apiBaseUrl}${path}`);
    const token = await this.safeToken();
    const { origin } = url;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const reply = await this.send(request, url, token, signal);
      if (reply.status < 300 || reply.status >= 400) {
        return this.toMeaning(action, reply, token, (said, json) =>
          this.#limitOf(reply, `${said} ${documentationOf(json)}`),
        );
      }
      const location = reply.headers.get('location') ?? '';
      const target = URL.canParse(location, url.href)
        ? new URL(location, url.href)
        : undefined;
      if (target?.origin !== origin) {
        const where = target?.host ?? 'an address that is not one';
        throw forgeErrors.redirected(this.repository, where);
      }
      if (method !== 'GET') throw forgeErrors.renamed(this.repository);
      url = target;
    }
    throw forgeErrors.unavailable(
      this.repository,
      action,
      `more than ${maxRedirects} redirects`,
    );
  }

  #limitOf(
    { status, headers }: HttpReply,
    words: string,
  ): { until?: Date } | undefined {
    const isLimited =
      headers.get('x-ratelimit-remaining') === '0' ||
      headers.has('retry-after') ||
      // The secondary limit comes without either, and only its words tell.
      rateLimitWords.test(words);
    return status === 429 || (status === 403 && isLimited)
      ? { until: this.#toReset(headers) }
      : undefined;
  }

  #toReset(headers: HttpReply['headers']): Date | undefined {
    const after = Number(headers.get('retry-after') ?? NaN);
    const now = this.ports.clock.now().getTime();
    // The reset is that of the primary limit: while some of that is left, it says nothing of the other.
    const isPrimary = headers.get('x-ratelimit-remaining') === '0';
    const reset = isPrimary
      ? Number(headers.get('x-ratelimit-reset') ?? NaN)
      : NaN;
    return dateAt(Number.isFinite(after) ? now + after * 1000 : reset * 1000);
  }
}

function documentationOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const url = Reflect.get(json, 'documentation_url');
  return typeof url === 'string' ? url : '';
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
