import {
  type Deliveries,
  receiveWebhook,
  toBackstageError,
  type WebhookSecrets,
} from 'backstage-plugin-dojo-node';
import express from 'express';
import Router from 'express-promise-router';

/** What {@link createWebhookRouter} works with. */
export interface WebhookRouterOptions {
  readonly deliveries: Pick<Deliveries, 'pushed'>;
  readonly secrets: WebhookSecrets;
}

/** Where forges tell of pushes, by a secret instead of Backstage credentials (docs/reference/http-api.md, "Webhooks"). */
export function createWebhookRouter(
  options: WebhookRouterOptions,
): express.Router {
  const { deliveries, secrets } = options;
  const router = Router();
  // A signature is of the very bytes, whatever type they are said to be of.
  const bytes = express.raw({ type: () => true, limit: '5mb', inflate: false });

  router.post('/webhooks/:forge', bytes, async (request, response) => {
    const { body } = request as { body: unknown };
    const pushed = receiveWebhook(
      {
        forge: request.params.forge,
        headers: request.headers,
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      },
      secrets,
    );
    if (pushed.length > 0) deliveries.pushed(pushed);
    response.status(202).end();
  });

  const onError: express.ErrorRequestHandler = (error, _req, _res, next) =>
    next(toBackstageError(error));
  return router.use(onError);
}
