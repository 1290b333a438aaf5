import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  deliveriesSchema,
  deliveryHistorySchema,
  deliveryLogSchema,
  deliveryMeasuresSchema,
  deliveryMoveSchema,
  deliveryRefreshSchema,
  deliverySchema,
  deliveryWhereSchema,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { Deliveries } from 'backstage-plugin-dojo-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod/v3';
import { abortedWith } from './abortedWith';

/** What {@link createDeliveryRouter} works with. */
export interface DeliveryRouterOptions {
  readonly deliveries: Deliveries;
  readonly httpAuth: HttpAuthService;
}

const component = '/components/:namespace/:kind/:name';

const whereQuerySchema = z.object({ ref: z.string().min(1).max(200) }).strict();
const logQuerySchema = z
  .object({ environment: z.string().min(1).max(100) })
  .strict();

/** The routes about deliveries: all but the log are answered from the index. */
export function createDeliveryRouter(
  options: DeliveryRouterOptions,
): express.Router {
  const { deliveries, httpAuth } = options;
  const router = Router();
  const callOf = async (
    request: express.Request,
    response: express.Response,
  ) => ({
    credentials: await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    }),
    signal: abortedWith(response),
  });

  router.get('/deliveries', async (request, response) => {
    const call = await callOf(request, response);
    const list = await deliveries.list(request.query, call);
    response.json(deliveriesSchema.parse(list));
  });

  router.get(`${component}/delivery`, async (request, response) => {
    const call = await callOf(request, response);
    const { delivery, etag } = await deliveries.get(askedFor(request), call);
    // Who may what is part of the answer: no cache between may give it to another.
    response.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
    if (namesTag(request.headers['if-none-match'], etag)) {
      response.status(304).end();
      return;
    }
    response.json(deliverySchema.parse(delivery));
  });

  router.post(`${component}/delivery/refresh`, async (request, response) => {
    const call = await callOf(request, response);
    const started = await deliveries.refresh(askedFor(request), call);
    response.status(202).json(deliveryRefreshSchema.parse(started));
  });

  router.get(`${component}/delivery/history`, async (request, response) => {
    const call = await callOf(request, response);
    const history = await deliveries.history(
      { ...askedFor(request), query: request.query },
      call,
    );
    response.json(deliveryHistorySchema.parse(history));
  });

  router.get(`${component}/delivery/measures`, async (request, response) => {
    const call = await callOf(request, response);
    const measures = await deliveries.measures(
      { ...askedFor(request), query: request.query as object },
      call,
    );
    response.json(deliveryMeasuresSchema.parse(measures));
  });

  router.get(`${component}/delivery/move`, async (request, response) => {
    const call = await callOf(request, response);
    const move = await deliveries.move(
      { ...askedFor(request), query: request.query as never },
      call,
    );
    response.json(deliveryMoveSchema.parse(move));
  });

  router.get(`${component}/delivery/where`, async (request, response) => {
    const call = await callOf(request, response);
    const { ref } = parseInput(
      whereQuerySchema,
      request.query,
      'question where a change is',
    );
    const where = await deliveries.where({ ...askedFor(request), ref }, call);
    response.json(deliveryWhereSchema.parse(where));
  });

  router.get(`${component}/delivery/log`, async (request, response) => {
    const call = await callOf(request, response);
    const { environment } = parseInput(
      logQuerySchema,
      request.query,
      'question for log lines',
    );
    const log = await deliveries.log(
      { ...askedFor(request), environment },
      call,
    );
    response.json(deliveryLogSchema.parse(log));
  });

  return router;
}

function askedFor({ params }: express.Request): { readonly component: string } {
  const { namespace, kind, name } = params;
  return { component: `${kind}:${namespace}/${name}` };
}

/** Proxies make a tag weak when they compress. */
function namesTag(header: string | undefined, etag: string): boolean {
  return (header ?? '')
    .split(',')
    .some(each => each.trim().replace(/^W\//, '') === etag);
}
