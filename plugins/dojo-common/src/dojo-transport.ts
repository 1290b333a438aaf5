import type { z } from 'zod/v3';
import { clientErrors } from './client-errors';
import type { DojoClientOptions, DojoRequestOptions } from './dojo-client';
import { DojoError, dojoErrorSchema } from './dojo-error';
import { listProblems } from './parse-input';

type Method = 'GET' | 'POST' | 'DELETE';

/** What the backend sent, with a status of 2xx, or 304. */
export interface DojoAnswer {
  readonly status: number;
  /** Absent where it is no JSON. */
  readonly body: unknown;
  readonly etag?: string;
}

interface SendOptions extends DojoRequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Whether it is sent even if the page is gone by then; default: not. */
  readonly keepalive?: boolean;
}

/** How requests go to `/api/dojo` and answers come back, each checked with its schema. */
export class DojoTransport {
  readonly #options: DojoClientOptions;

  constructor(options: DojoClientOptions) {
    this.#options = options;
  }

  async ask<TSchema extends z.ZodTypeAny>(
    method: Method,
    path: string,
    schema: TSchema,
    options: SendOptions,
  ): Promise<z.output<TSchema>> {
    const answer = await this.send(method, path, options);
    return parseAnswer(schema, answer.body);
  }

  /** Throws {@link DojoError}, the backend's own where it sent one, and an abort as it is. */
  async send(
    method: Method,
    path: string,
    { signal, body, headers, keepalive = false }: SendOptions,
  ): Promise<DojoAnswer> {
    try {
      const baseUrl = await this.#options.discoveryApi.getBaseUrl('dojo');
      const response = await this.#options.fetchApi.fetch(`${baseUrl}${path}`, {
        method,
        ...((body !== undefined || headers) && {
          headers: {
            ...headers,
            ...(body !== undefined && { 'Content-Type': 'application/json' }),
          },
        }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: signal ?? null,
        keepalive,
      });
      const text = await response.text();
      if (!response.ok && response.status !== 304)
        throw toDojoError(response, text);
      const etag = response.headers.get('ETag');
      return {
        status: response.status,
        body: parseJson(text),
        ...(etag && { etag }),
      };
    } catch (error) {
      if (signal?.aborted || error instanceof DojoError) throw error;
      if (isSignedOut(error)) throw clientErrors.sessionExpired(error);
      throw clientErrors.backendUnreachable(error);
    }
  }
}

/** The answer as its schema has it. */
export function parseAnswer<TSchema extends z.ZodTypeAny>(
  schema: TSchema,
  answer: unknown,
): z.output<TSchema> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw clientErrors.answerInvalid(listProblems(parsed.error));
  return parsed.data;
}

/** The backend sends our errors as `error.dojo` beside Backstage's own fields (docs/reference/http-api.md). */
function toDojoError(response: Response, text: string): DojoError {
  const body = parseJson(text) as {
    error?: { message?: unknown; dojo?: unknown };
  };
  const ours = dojoErrorSchema.safeParse(body?.error?.dojo);
  if (ours.success) return new DojoError(ours.data);
  if (response.status === 401) return clientErrors.sessionExpired();
  const message = body?.error?.message;
  return clientErrors.backendFailed(
    response.status,
    typeof message === 'string' ? message : response.statusText,
  );
}

/** Before a request is sent the app renews the session; what refuses that is answered with 401 (`ResponseError`). */
function isSignedOut(error: unknown): boolean {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return statusCode === 401;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
