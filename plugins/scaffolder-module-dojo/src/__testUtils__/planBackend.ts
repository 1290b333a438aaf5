/** One answer of a route. */
export interface PlanAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** One request that came in. */
export interface PlanRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Record<string, unknown>;
  readonly signal: AbortSignal | null | undefined;
}

/** What a route answers; `body` is empty where the request has none. */
export type Answerer = (
  body: Record<string, unknown>,
  request: PlanRequest,
) => PlanAnswer | Promise<PlanAnswer>;

/**
 * A stand-in for the backend: answers each request with what `answer` gives for it, and keeps the requests it saw, but for
 * those about what comes and leaves.
 */
export function planBackend(answer: Answerer) {
  const requests: PlanRequest[] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    const request = {
      method: init?.method ?? 'GET',
      url: String(url),
      body: JSON.parse(String(init?.body ?? '{}')),
      signal: init?.signal,
    };
    // Asked for beside each plan of a deployment, whatever the plan is about.
    if (!request.url.includes('/delivery/move')) requests.push(request);
    const { status = 200, body: answered } = await answer(
      request.body,
      request,
    );
    return {
      ok: status < 400,
      status,
      statusText: '',
      headers: new Headers(),
      text: async () => JSON.stringify(answered),
    } as Response;
  };
  return { requests, fetch: fetch as typeof globalThis.fetch };
}

/** An answer that is not there before it is given. */
export function lateAnswer() {
  let give!: (given: PlanAnswer) => void;
  const answer = new Promise<PlanAnswer>(resolve => {
    give = resolve;
  });
  return { answer, give };
}

/** How the backend answers with an error of ours. */
export function dojoFailure(error: {
  readonly code: string;
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}): PlanAnswer {
  const status =
    { denied: 403, 'not-found': 404, refused: 422 }[error.kind] ?? 503;
  return { status, body: { error: { dojo: error } } };
}
