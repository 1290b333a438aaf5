import {
  ledgerDelivery,
  deliveriesPage,
} from 'backstage-plugin-dojo-common/testUtils';
import type { Deliveries, Delivery } from 'backstage-plugin-dojo-common';

/** What the backend answers for tests, and what it was asked. */
export interface DojoBackend {
  /** Paths with their queries, in order. */
  readonly asked: string[];
  readonly fetchApi: { fetch: typeof fetch };
  /** Answers the next questions for the list; may be changed between them. */
  deliveries: (
    query: URLSearchParams,
  ) => Deliveries | Response | Promise<Deliveries>;
  delivery: () => Delivery | Response | Promise<never>;
  environments: readonly string[];
}

/** A backend whose answers a test may change. */
export function dojoBackend(changes: Partial<DojoBackend> = {}): DojoBackend {
  const backend: DojoBackend = {
    asked: [],
    deliveries: () => deliveriesPage(),
    delivery: () => ledgerDelivery(),
    environments: ['dev', 'staging', 'production'],
    fetchApi: {
      fetch: async input => {
        const { pathname, search, searchParams } = new URL(String(input));
        backend.asked.push(pathname.replace(/^.*\/api\/dojo/, '') + search);
        if (pathname.endsWith('/environments')) {
          return json(
            backend.environments.map(name => ({
              name,
              migrates: true,
              deploys: true,
            })),
          );
        }
        const answer = await (pathname.endsWith('/deliveries')
          ? backend.deliveries(searchParams)
          : backend.delivery());
        return answer instanceof Response ? answer : json(answer);
      },
    },
    ...changes,
  };
  return backend;
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json' },
  });
}
