import type { HttpPorts } from '../http/retry';
import { dateAt, ForgeClient } from './forge-client';
import type { ForgeAccess, ForgeReply, ForgeRequest } from './forge-client';

/**
 * GitLab's REST API. A redirect is not followed: GitLab sends one for a project that was moved, and a token goes nowhere
 * else. Personal, project and OAuth tokens go the same way (GitLab, "REST API authentication").
 */
export class GitlabClient extends ForgeClient {
  constructor(repository: string, access: ForgeAccess, ports: HttpPorts) {
    super(repository, access, ports, {
      headers: { accept: 'application/json' },
      meant: [200, 201, 400, 404, 409, 422],
      wordsOf,
    });
  }

  async request(
    request: ForgeRequest,
    signal: AbortSignal,
  ): Promise<ForgeReply> {
    const url = new URL(`${this.access.apiBaseUrl}${request.path}`);
    const token = await this.safeToken();
    const reply = await this.send(request, url, token, signal);
    const reset = Number(reply.headers.get('ratelimit-reset') ?? NaN) * 1_000;
    return this.toMeaning(request.action, reply, token, () =>
      reply.status === 429 ? { until: dateAt(reset) } : undefined,
    );
  }
}

/** `message` is a text, a list of texts, or lists by field; `error` is a text. */
function wordsOf(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const said = Reflect.get(json, 'message') ?? Reflect.get(json, 'error');
  if (typeof said === 'string') return said;
  return said === undefined ? '' : JSON.stringify(said);
}
