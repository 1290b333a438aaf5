/** One answer of the plan route. */
export interface PlanAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/**
 * A stand-in for the backend: answers each request with what `answer` gives for its body, and keeps the bodies and
 * signals it saw.
 */
export function planBackend(
  answer: (body: Record<string, unknown>) => PlanAnswer | Promise<PlanAnswer>,
) {
  const requests: Array<{
    url: string;
    body: Record<string, unknown>;
    signal: AbortSignal | null | undefined;
  }> = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    const body = JSON.parse(String(init?.body));
    requests.push({ url: String(url), body, signal: init?.signal });
    const { status = 200, body: answered } = await answer(body);
    return {
      ok: status < 400,
      status,
      statusText: '',
      text: async () => JSON.stringify(answered),
    } as Response;
  };
  return { requests, fetch: fetch as typeof globalThis.fetch };
}
