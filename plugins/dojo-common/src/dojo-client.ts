import type { z } from 'zod/v3';
import {
  answerInvalid,
  backendFailed,
  backendUnreachable,
} from './client-errors';
import { DojoError, dojoErrorSchema } from './dojo-error';
import { listProblems, parseInput } from './parse-input';
import {
  ReleasePlanBody,
  releasePlanBodySchema,
} from './release/release-plan-route';
import { ReleaseResult, releaseResultSchema } from './release/release-result';

/** What the client needs of its surroundings; Backstage's `discoveryApi` and `fetchApi` fit. @public */
export interface DojoClientOptions {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly fetchApi: { readonly fetch: typeof fetch };
}

/** Options of every call. @public */
export interface DojoRequestOptions {
  /** Ends the request, and with it the work in the backend. */
  readonly signal?: AbortSignal;
}

/**
 * The typed client of `/api/dojo`. What goes out and what comes in is checked with the schemas of this package.
 * Every method throws {@link DojoError}, the backend's own where it sent one, and an abort as it is.
 *
 * @public
 */
export class DojoClient {
  private readonly options: DojoClientOptions;

  constructor(options: DojoClientOptions) {
    this.options = options;
  }

  /** The plan of a release: reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. */
  async planRelease(
    body: ReleasePlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ReleaseResult> {
    parseInput(releasePlanBodySchema, body, 'plan of a release');
    return this.post('/plans/release', body, releaseResultSchema, options);
  }

  private async post<TSchema extends z.ZodTypeAny>(
    path: string,
    body: unknown,
    schema: TSchema,
    options: DojoRequestOptions,
  ): Promise<z.output<TSchema>> {
    const answer = await this.send(path, body, options);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw answerInvalid(listProblems(parsed.error));
    return parsed.data;
  }

  private async send(
    path: string,
    body: unknown,
    { signal }: DojoRequestOptions,
  ): Promise<unknown> {
    try {
      const baseUrl = await this.options.discoveryApi.getBaseUrl('dojo');
      const response = await this.options.fetchApi.fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        signal: signal ?? null,
      });
      const text = await response.text();
      if (!response.ok) throw toDojoError(response, text);
      return parseJson(text);
    } catch (error) {
      if (signal?.aborted || error instanceof DojoError) throw error;
      throw backendUnreachable(error);
    }
  }
}

/** The backend sends our errors as `error.dojo` beside Backstage's own fields (docs/reference/http-api.md). */
function toDojoError(response: Response, text: string): DojoError {
  const body = parseJson(text) as {
    error?: { message?: unknown; dojo?: unknown };
  };
  const ours = dojoErrorSchema.safeParse(body?.error?.dojo);
  if (ours.success) return new DojoError(ours.data);
  const message = body?.error?.message;
  return backendFailed(
    response.status,
    typeof message === 'string' ? message : response.statusText,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
