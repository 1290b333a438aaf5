/** What the service, or the way to it, said no to. `message` is a sentence for people. */
export class ApiError extends Error {
  /** The status of the answer; 0 where none came. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** Asks the service. Throws an {@link ApiError} for anything but a 2xx with JSON. */
export async function request<T>(
  path: string,
  options: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  const { method = 'GET', body, signal } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError('The service does not answer.', 0);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new ApiError(toSentence(answer, response.status), response.status);
  }
  if (answer === undefined) {
    throw new ApiError('The service answered something unreadable.', 0);
  }
  return answer as T;
}

/** FastAPI says `detail`: a sentence, or for a body that does not fit a list of places and reasons. */
function toSentence(answer: unknown, status: number): string {
  const detail = (answer as { detail?: unknown } | undefined)?.detail;
  if (typeof detail === 'string') return detail;
  if (Array.isArray(detail)) {
    const reasons = detail.flatMap((one: { loc?: unknown[]; msg?: string }) =>
      one.msg ? [`${one.loc?.at(-1) ?? 'request'}: ${one.msg}`] : [],
    );
    if (reasons.length > 0) return reasons.join('; ');
  }
  return `The service failed (status ${status}).`;
}
