import type { z } from 'zod/v3';
import { clientErrors } from './client-errors';
import {
  ComponentVersions,
  componentVersionsSchema,
} from './component-versions';
import {
  DeploymentResult,
  deploymentResultSchema,
} from './deployment/deployment-result';
import {
  DeploymentPlanBody,
  deploymentPlanBodySchema,
} from './deployment/deployment-routes';
import {
  DeploymentMergeResult,
  deploymentMergeResultSchema,
} from './deployment/merge-request';
import {
  DeploymentMergeBody,
  deploymentMergeBodySchema,
  WaitingDeployment,
  waitingDeploymentSchema,
} from './deployment/merge-routes';
import { DojoError, dojoErrorSchema } from './dojo-error';
import { Environment, environmentsSchema } from './environment';
import {
  MigrationResult,
  migrationResultSchema,
} from './migration/migration-result';
import {
  MigrationPlanBody,
  migrationPlanBodySchema,
} from './migration/migration-routes';
import {
  migrationRehearsalSchema,
  Operation,
  OperationOf,
  operationSchema,
} from './operation';
import { listProblems, parseInput } from './parse-input';
import {
  ReleasePlanBody,
  releasePlanBodySchema,
} from './release/release-plan-route';
import { ReleaseResult, releaseResultSchema } from './release/release-result';
import {
  ShipmentPlan,
  ShipmentPlanBody,
  shipmentPlanBodySchema,
  shipmentPlanSchema,
} from './shipment/shipment-plan';
import { ServiceResult, serviceResultSchema } from './service/service-plan';
import {
  ServicePlanBody,
  servicePlanBodySchema,
} from './service/service-routes';

/** What the client needs of its surroundings; Backstage's `discoveryApi` and `fetchApi` fit. @public */
export interface DojoClientOptions {
  readonly discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly fetchApi: { readonly fetch: typeof fetch };
}

/** Options of every call. @public */
export interface DojoRequestOptions {
  /** Ends the request, and with it the work in the backend. */
  readonly signal?: AbortSignal;
}

/**
 * The typed client of `/api/dojo`. What goes out and what comes in is checked with the schemas of this package.
 * Every method throws {@link DojoError}, the backend's own where it sent one, and an abort as it is.
 *
 * @public
 */
export class DojoClient {
  readonly #options: DojoClientOptions;

  constructor(options: DojoClientOptions) {
    this.#options = options;
  }

  /** The plan of a release: reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. */
  async planRelease(
    body: ReleasePlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ReleaseResult> {
    parseInput(releasePlanBodySchema, body, 'plan of a release');
    return this.#post('/plans/release', body, releaseResultSchema, options);
  }

  /** The versions of a component, highest first, read from its repository's tags. Needs `dojo.delivery.read` on it. */
  async listVersions(
    component: string,
    options: DojoRequestOptions = {},
  ): Promise<ComponentVersions> {
    return this.#ask(
      'GET',
      `${componentPath(component)}/versions`,
      componentVersionsSchema,
      options,
    );
  }

  /** The environments of this portal, in the order of its configuration. */
  async listEnvironments(
    options: DojoRequestOptions = {},
  ): Promise<Environment[]> {
    return this.#ask('GET', '/environments', environmentsSchema, options);
  }

  /** The plan of a migration, not rehearsed: reads the database, changes no byte of it. Needs `dojo.delivery.read`. */
  async planMigration(
    body: MigrationPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<MigrationResult> {
    parseInput(migrationPlanBodySchema, body, 'plan of a migration');
    return this.#post('/plans/migration', body, migrationResultSchema, options);
  }

  /** The plan of a deployment: reads overlay, base and image, writes nothing. Needs `dojo.delivery.read`. */
  async planDeployment(
    body: DeploymentPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<DeploymentResult> {
    parseInput(deploymentPlanBodySchema, body, 'plan of a deployment');
    return this.#post(
      '/plans/deployment',
      body,
      deploymentResultSchema,
      options,
    );
  }

  /** The plan of a new service: reads catalog, forge and overlays, writes nothing. Needs `dojo.service.create`. */
  async planService(
    body: ServicePlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ServiceResult> {
    parseInput(servicePlanBodySchema, body, 'plan of a new service');
    return this.#post('/plans/service', body, serviceResultSchema, options);
  }

  /**
   * The plans of a release, of the migration to it and of its deployment, made together: reads the real systems, writes
   * nothing. Needs `dojo.delivery.read`.
   */
  async planShipment(
    body: ShipmentPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ShipmentPlan> {
    parseInput(shipmentPlanBodySchema, body, 'plan of a shipment');
    return this.#post('/plans/shipment', body, shipmentPlanSchema, options);
  }

  /**
   * The change of a component's overlay that waits to be merged by the portal, as its merge would be now; writes nothing.
   * Needs `dojo.delivery.read`.
   */
  async findWaitingDeployment(
    { component, environment }: Omit<DeploymentMergeBody, 'planHash'>,
    options: DojoRequestOptions = {},
  ): Promise<WaitingDeployment> {
    return this.#ask(
      'GET',
      `${componentPath(component)}/environments/${encodeURIComponent(
        environment,
      )}/waiting`,
      waitingDeploymentSchema,
      options,
    );
  }

  /**
   * Merges the change that waits, where it is the one that was looked at. Needs what deploying there needs, and somebody
   * else than who asked for the change.
   */
  async mergeDeployment(
    body: DeploymentMergeBody,
    options: DojoRequestOptions = {},
  ): Promise<DeploymentMergeResult> {
    parseInput(deploymentMergeBodySchema, body, 'merge of a deployment');
    return this.#post(
      '/merges/deployment',
      body,
      deploymentMergeResultSchema,
      options,
    );
  }

  /**
   * Starts a rehearsal of the migration on a private copy; the database stays as it is. Follow it with
   * {@link DojoClient.getOperation}. Needs `dojo.migration.run`, as a run does.
   */
  async startRehearsal(
    body: MigrationPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<OperationOf<'migration-rehearsal'>> {
    parseInput(migrationPlanBodySchema, body, 'rehearsal of a migration');
    return this.#post(
      '/rehearsals/migration',
      body,
      migrationRehearsalSchema,
      options,
    );
  }

  /** An operation as it is now; it is kept for an hour after its end. Needs `dojo.delivery.read` on its component. */
  async getOperation(
    id: string,
    options: DojoRequestOptions = {},
  ): Promise<Operation> {
    return this.#ask('GET', operationPath(id), operationSchema, options);
  }

  /**
   * Stops an operation, also where the page that asks for it goes away in the meantime; one that has ended stays as it
   * is. Needs what starting it needed.
   */
  async cancelOperation(
    id: string,
    options: DojoRequestOptions = {},
  ): Promise<Operation> {
    return this.#ask('DELETE', operationPath(id), operationSchema, {
      ...options,
      keepalive: true,
    });
  }

  #post<TSchema extends z.ZodTypeAny>(
    path: string,
    body: unknown,
    schema: TSchema,
    options: DojoRequestOptions,
  ): Promise<z.output<TSchema>> {
    return this.#ask('POST', path, schema, { ...options, body });
  }

  async #ask<TSchema extends z.ZodTypeAny>(
    method: Method,
    path: string,
    schema: TSchema,
    options: SendOptions,
  ): Promise<z.output<TSchema>> {
    const answer = await this.#send(method, path, options);
    const parsed = schema.safeParse(answer);
    if (!parsed.success)
      throw clientErrors.answerInvalid(listProblems(parsed.error));
    return parsed.data;
  }

  async #send(
    method: Method,
    path: string,
    { signal, body, keepalive = false }: SendOptions,
  ): Promise<unknown> {
    try {
      const baseUrl = await this.#options.discoveryApi.getBaseUrl('dojo');
      const response = await this.#options.fetchApi.fetch(`${baseUrl}${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: signal ?? null,
        keepalive,
      });
      const text = await response.text();
      if (!response.ok) throw toDojoError(response, text);
      return parseJson(text);
    } catch (error) {
      if (signal?.aborted || error instanceof DojoError) throw error;
      throw clientErrors.backendUnreachable(error);
    }
  }
}

type Method = 'GET' | 'POST' | 'DELETE';

interface SendOptions extends DojoRequestOptions {
  readonly body?: unknown;
  /** Whether it is sent even if the page is gone by then; default: not. */
  readonly keepalive?: boolean;
}

/** Of an entity ref whose kind and namespace default to `component:default/`. */
function componentPath(ref: string): string {
  const [, kind = 'component', namespace = 'default', name] =
    /^(?:([^:]*):)?(?:([^/]*)\/)?(.*)$/.exec(ref) ?? [];
  const parts = [namespace, kind, name ?? ref];
  return `/components/${parts.map(encodeURIComponent).join('/')}`;
}

function operationPath(id: string): string {
  return `/operations/${encodeURIComponent(id)}`;
}

/** The backend sends our errors as `error.dojo` beside Backstage's own fields (docs/reference/http-api.md). */
function toDojoError(response: Response, text: string): DojoError {
  const body = parseJson(text) as {
    error?: { message?: unknown; dojo?: unknown };
  };
  const ours = dojoErrorSchema.safeParse(body?.error?.dojo);
  if (ours.success) return new DojoError(ours.data);
  const message = body?.error?.message;
  return clientErrors.backendFailed(
    response.status,
    typeof message === 'string' ? message : response.statusText,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
