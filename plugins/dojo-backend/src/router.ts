import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  parseInput,
  releasePlanBodySchema,
  releaseResultSchema,
} from 'backstage-plugin-dojo-common';
import { DojoService, toBackstageError } from 'backstage-plugin-dojo-node';
import express from 'express';
import Router from 'express-promise-router';
import { abortedWith } from './abortedWith';

/** What {@link createRouter} works with. */
export interface RouterOptions {
  readonly dojo: DojoService;
  readonly httpAuth: HttpAuthService;
}

/** `/api/dojo` (docs/reference/http-api.md). Bodies and answers are checked with the schemas of dojo-common. */
export function createRouter(options: RouterOptions): express.Router {
  const { dojo, httpAuth } = options;
  const router = Router();
  router.use(express.json({ limit: '100kb' }));

  router.post('/plans/release', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { component, ...choices } = parseInput(
      releasePlanBodySchema,
      request.body,
      'plan of a release',
    );
    const result = await dojo.planRelease(
      { component, choices },
      { credentials, signal: abortedWith(response) },
    );
    response.json(releaseResultSchema.parse(result));
  });

  const onError: express.ErrorRequestHandler = (error, _req, _res, next) =>
    next(toBackstageError(error));
  return router.use(onError);
}
