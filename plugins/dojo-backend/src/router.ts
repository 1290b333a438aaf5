import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  componentVersionsSchema,
  deploymentMergeBodySchema,
  deploymentMergeResultSchema,
  deploymentPlanBodySchema,
  deploymentResultSchema,
  environmentsSchema,
  migrationPlanBodySchema,
  migrationRehearsalSchema,
  migrationResultSchema,
  operationSchema,
  parseInput,
  releasePlanBodySchema,
  releaseResultSchema,
  shipmentPlanBodySchema,
  shipmentPlanSchema,
  servicePlanBodySchema,
  serviceResultSchema,
  waitingDeploymentSchema,
} from 'backstage-plugin-dojo-common';
import {
  Deliveries,
  DojoService,
  toBackstageError,
} from 'backstage-plugin-dojo-node';
import express from 'express';
import Router from 'express-promise-router';
import { abortedWith } from './abortedWith';
import { createDeliveryRouter } from './deliveryRouter';

/** What {@link createRouter} works with. */
export interface RouterOptions {
  readonly dojo: DojoService;
  readonly deliveries: Deliveries;
  readonly httpAuth: HttpAuthService;
}

/** `/api/dojo` (docs/reference/http-api.md). Bodies and answers are checked with the schemas of dojo-common. */
export function createRouter(options: RouterOptions): express.Router {
  const { dojo, deliveries, httpAuth } = options;
  const router = Router();
  router.use(express.json({ limit: '100kb' }));
  const credentialsOf = (request: express.Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.post('/plans/release', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { component, ...choices } = parseInput(
      releasePlanBodySchema,
      request.body,
      'plan of a release',
    );
    const result = await dojo.releases.plan(
      { component, choices },
      { credentials, signal: abortedWith(response) },
    );
    response.json(releaseResultSchema.parse(result));
  });

  router.get(
    '/components/:namespace/:kind/:name/versions',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { namespace, kind, name } = request.params;
      const asked = { component: `${kind}:${namespace}/${name}` };
      const asker = { credentials, signal: abortedWith(response) };
      const [{ versions, total }, moved] = await Promise.all([
        dojo.versions.list(asked, asker),
        // A form is of use where the index is away; the plan looks for itself.
        deliveries
          .movedTags(asked, asker)
          .catch((): Readonly<Record<string, string>> => ({})),
      ]);
      response.json(
        componentVersionsSchema.parse({
          versions: versions.map(each => ({
            ...each,
            ...(Object.hasOwn(moved, each.tag) && {
              moved: moved[each.tag],
            }),
          })),
          total,
        }),
      );
    },
  );

  router.get('/environments', async (request, response) => {
    await credentialsOf(request);
    response.json(environmentsSchema.parse(dojo.environments.list()));
  });

  router.post('/plans/migration', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { component, environment, ...choices } = parseInput(
      migrationPlanBodySchema,
      request.body,
      'plan of a migration',
    );
    const result = await dojo.migrations.plan(
      { component, environment, choices },
      { credentials, signal: abortedWith(response) },
    );
    response.json(migrationResultSchema.parse(result));
  });

  router.post('/plans/deployment', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { component, environment, ...choices } = parseInput(
      deploymentPlanBodySchema,
      request.body,
      'plan of a deployment',
    );
    const result = await dojo.deployments.plan(
      { component, environment, choices },
      { credentials, signal: abortedWith(response) },
    );
    response.json(deploymentResultSchema.parse(result));
  });

  router.post('/plans/shipment', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { component, environment, ...choices } = parseInput(
      shipmentPlanBodySchema,
      request.body,
      'plan of a shipment',
    );
    const result = await dojo.shipments.plan(
      { component, environment, choices },
      { credentials, signal: abortedWith(response) },
    );
    response.json(shipmentPlanSchema.parse(result));
  });

  router.post('/plans/service', async (request, response) => {
    const credentials = await credentialsOf(request);
    const fields = parseInput(
      servicePlanBodySchema,
      request.body,
      'plan of a new service',
    );
    const result = await dojo.services.plan(
      { fields },
      { credentials, signal: abortedWith(response) },
    );
    response.json(serviceResultSchema.parse(result));
  });

  router.get(
    '/components/:namespace/:kind/:name/environments/:environment/waiting',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { namespace, kind, name, environment } = request.params;
      const waiting = await dojo.merges.find(
        { component: `${kind}:${namespace}/${name}`, environment },
        { credentials, signal: abortedWith(response) },
      );
      response.json(waitingDeploymentSchema.parse({ waiting }));
    },
  );

  router.post('/merges/deployment', async (request, response) => {
    const credentials = await credentialsOf(request);
    const body = parseInput(
      deploymentMergeBodySchema,
      request.body,
      'merge of a deployment',
    );
    const result = await dojo.merges.merge(body, {
      credentials,
      signal: abortedWith(response),
    });
    response.json(deploymentMergeResultSchema.parse(result));
  });

  router.post('/closes/deployment', async (request, response) => {
    const credentials = await credentialsOf(request);
    const body = parseInput(
      deploymentMergeBodySchema,
      request.body,
      'end of a change that waits',
    );
    const result = await dojo.merges.close(body, {
      credentials,
      signal: abortedWith(response),
    });
    response.json(deploymentMergeResultSchema.parse(result));
  });

  router.post('/rehearsals/migration', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { component, environment, ...choices } = parseInput(
      migrationPlanBodySchema,
      request.body,
      'rehearsal of a migration',
    );
    const operation = await dojo.migrations.startRehearsal(
      { component, environment, choices },
      { credentials },
    );
    response.status(202).json(migrationRehearsalSchema.parse(operation));
  });

  router.get('/operations/:id', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { id } = request.params;
    const operation = await dojo.operations.get(id, { credentials });
    response.json(operationSchema.parse(operation));
  });

  router.delete('/operations/:id', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { id } = request.params;
    const operation = await dojo.operations.cancel(id, { credentials });
    response.json(operationSchema.parse(operation));
  });

  router.use(createDeliveryRouter({ deliveries, httpAuth }));

  const onError: express.ErrorRequestHandler = (error, _req, _res, next) =>
    next(toBackstageError(error));
  return router.use(onError);
}
