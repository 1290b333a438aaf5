import type { Delivery, DeliveryWhere } from 'backstage-plugin-dojo-common';
import {
  deliveryMeasures,
  ledgerHistory,
} from 'backstage-plugin-dojo-common/testUtils';

/** What the backend answers: bodies, or how a request ends otherwise. */
export interface DeliveryAnswers {
  readonly delivery: Delivery | Response | Promise<Delivery> | 'never';
  readonly history?: (query: URLSearchParams) => unknown;
  readonly measures?: (query: URLSearchParams) => unknown;
  readonly where?: DeliveryWhere | Response;
  readonly log?: unknown;
}

/** A stand-in for `/api/dojo` that keeps the requests it saw, and may answer otherwise later. */
export function deliveryBackend(first: DeliveryAnswers) {
  let answers = first;
  const requests: { url: string; method: string; etag: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const etag = new Headers(init?.headers).get('If-None-Match');
    requests.push({
      url: `${url.pathname}${url.search}`,
      method: init?.method ?? 'GET',
      etag,
    });
    const { pathname, searchParams } = url;
    if (pathname.endsWith('/history'))
      return json(answers.history?.(searchParams) ?? ledgerHistory());
    if (pathname.endsWith('/measures'))
      return json(answers.measures?.(searchParams) ?? deliveryMeasures());
    if (pathname.endsWith('/where')) return json(answers.where);
    if (pathname.endsWith('/log')) return json(answers.log);
    if (pathname.endsWith('/refresh')) return json({ generation: '42' }, 202);
    return deliveryOf(await answers.delivery, etag);
  };
  return {
    fetch,
    requests,
    asked: () =>
      requests.filter(
        ({ url, method }) => url.endsWith('/delivery') && method === 'GET',
      ),
    answer: (next: Partial<DeliveryAnswers>) => {
      answers = { ...answers, ...next };
    },
  };
}

/** An error of ours, as the backend sends it. */
export function failureAnswer(
  status: number,
  dojo?: { code: string; kind: string; message: string; hint?: string },
): Response {
  return json(dojo ? { error: { dojo } } : { error: {} }, status);
}

async function deliveryOf(
  delivery: Awaited<DeliveryAnswers['delivery']>,
  etag: string | null,
): Promise<Response> {
  if (delivery === 'never') return new Promise(() => {});
  if (!('kind' in delivery)) return delivery;
  const tag = `"${JSON.stringify(delivery).length}-${
    'generation' in delivery ? delivery.generation : ''
  }"`;
  return etag === tag ? json(undefined, 304) : json(delivery, 200, tag);
}

/** jsdom has no Response of its own. */
function json(body: unknown, status = 200, etag?: string): Response {
  if (isResponse(body)) return body;
  return {
    ok: status < 400,
    status,
    statusText: '',
    headers: { get: (name: string) => (name === 'ETag' ? etag : null) },
    text: async () => (body === undefined ? '' : JSON.stringify(body)),
  } as unknown as Response;
}

function isResponse(body: unknown): body is Response {
  return typeof body === 'object' && body !== null && 'headers' in body;
}
