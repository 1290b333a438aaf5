import {
  ComponentVersions,
  componentVersionsSchema,
} from './component-versions';
import {
  Deliveries,
  DeliveriesQuery,
  deliveriesSchema,
  Delivery,
  DeliveryHistory,
  DeliveryHistoryQuery,
  deliveryHistorySchema,
  DeliveryLog,
  deliveryLogSchema,
  DeliveryMeasures,
  DeliveryMeasuresQuery,
  deliveryMeasuresSchema,
  deliveryRefreshSchema,
  deliverySchema,
  DeliveryMove,
  DeliveryMoveQuery,
  deliveryMoveSchema,
  DeliveryWhere,
  deliveryWhereSchema,
} from './delivery';
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
import { DojoTransport, parseAnswer } from './dojo-transport';
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
import { parseInput } from './parse-input';
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
  readonly #transport: DojoTransport;

  constructor(options: DojoClientOptions) {
    this.#transport = new DojoTransport(options);
  }

  /** The plan of a release: reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. */
  async planRelease(
    body: ReleasePlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ReleaseResult> {
    parseInput(releasePlanBodySchema, body, 'plan of a release');
    return this.#transport.ask('POST', '/plans/release', releaseResultSchema, {
      ...options,
      body,
    });
  }

  /** The versions of a component, highest first, read from its repository's tags. Needs `dojo.delivery.read` on it. */
  async listVersions(
    component: string,
    options: DojoRequestOptions = {},
  ): Promise<ComponentVersions> {
    return this.#transport.ask(
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
    return this.#transport.ask(
      'GET',
      '/environments',
      environmentsSchema,
      options,
    );
  }

  /** The plan of a migration, not rehearsed: reads the database, changes no byte of it. Needs `dojo.delivery.read`. */
  async planMigration(
    body: MigrationPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<MigrationResult> {
    parseInput(migrationPlanBodySchema, body, 'plan of a migration');
    return this.#transport.ask(
      'POST',
      '/plans/migration',
      migrationResultSchema,
      { ...options, body },
    );
  }

  /** The plan of a deployment: reads overlay, base and image, writes nothing. Needs `dojo.delivery.read`. */
  async planDeployment(
    body: DeploymentPlanBody,
    options: DojoRequestOptions = {},
  ): Promise<DeploymentResult> {
    parseInput(deploymentPlanBodySchema, body, 'plan of a deployment');
    return this.#transport.ask(
      'POST',
      '/plans/deployment',
      deploymentResultSchema,
      { ...options, body },
    );
  }

  /** The plan of a new service: reads catalog, forge and overlays, writes nothing. Needs `dojo.service.create`. */
  async planService(
    body: ServicePlanBody,
    options: DojoRequestOptions = {},
  ): Promise<ServiceResult> {
    parseInput(servicePlanBodySchema, body, 'plan of a new service');
    return this.#transport.ask('POST', '/plans/service', serviceResultSchema, {
      ...options,
      body,
    });
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
    return this.#transport.ask('POST', '/plans/shipment', shipmentPlanSchema, {
      ...options,
      body,
    });
  }

  /**
   * The change of a component's overlay that waits to be merged by the portal, as its merge would be now; writes nothing.
   * Needs `dojo.delivery.read`.
   */
  async findWaitingDeployment(
    { component, environment }: Omit<DeploymentMergeBody, 'planHash'>,
    options: DojoRequestOptions = {},
  ): Promise<WaitingDeployment> {
    return this.#transport.ask(
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
    return this.#transport.ask(
      'POST',
      '/merges/deployment',
      deploymentMergeResultSchema,
      { ...options, body },
    );
  }

  /** Takes the change that waits back, where it is the one that was looked at. Needs what deploying there needs. */
  async closeDeployment(
    body: DeploymentMergeBody,
    options: DojoRequestOptions = {},
  ): Promise<DeploymentMergeResult> {
    parseInput(deploymentMergeBodySchema, body, 'end of a change that waits');
    return this.#transport.ask(
      'POST',
      '/closes/deployment',
      deploymentMergeResultSchema,
      { ...options, body },
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
    return this.#transport.ask(
      'POST',
      '/rehearsals/migration',
      migrationRehearsalSchema,
      { ...options, body },
    );
  }

  /** An operation as it is now; it is kept for an hour after its end. Needs `dojo.delivery.read` on its component. */
  async getOperation(
    id: string,
    options: DojoRequestOptions = {},
  ): Promise<Operation> {
    return this.#transport.ask(
      'GET',
      operationPath(id),
      operationSchema,
      options,
    );
  }

  /**
   * Stops an operation, also where the page that asks for it goes away in the meantime; one that has ended stays as it
   * is. Needs what starting it needed.
   */
  async cancelOperation(
    id: string,
    options: DojoRequestOptions = {},
  ): Promise<Operation> {
    return this.#transport.ask('DELETE', operationPath(id), operationSchema, {
      ...options,
      keepalive: true,
    });
  }

  /**
   * What is wanted, runs and waits of a component, answered from the portal's index; `undefined`: nothing changed since
   * the answer with this `etag`. Needs `dojo.delivery.read`.
   */
  async getDelivery(
    component: string,
    options: DojoRequestOptions & { readonly etag?: string } = {},
  ): Promise<{ delivery: Delivery; etag?: string } | undefined> {
    const { etag, ...request } = options;
    const answer = await this.#transport.send(
      'GET',
      `${componentPath(component)}/delivery`,
      {
        ...request,
        ...(etag && { headers: { 'If-None-Match': etag } }),
      },
    );
    if (answer.status === 304) return undefined;
    const next = answer.etag;
    return {
      delivery: parseAnswer(deliverySchema, answer.body),
      ...(next && { etag: next }),
    };
  }

  /** Asks for the sources of a component to be read again; the end comes as a signal. Needs `dojo.delivery.read`. */
  async refreshDelivery(
    component: string,
    options: DojoRequestOptions = {},
  ): Promise<{ generation: string }> {
    return this.#transport.ask(
      'POST',
      `${componentPath(component)}/delivery/refresh`,
      deliveryRefreshSchema,
      options,
    );
  }

  /** The components that the caller may read, a page of them. */
  async listDeliveries(
    query: DeliveriesQuery = {},
    options: DojoRequestOptions = {},
  ): Promise<Deliveries> {
    return this.#transport.ask(
      'GET',
      `/deliveries${search(query)}`,
      deliveriesSchema,
      options,
    );
  }

  /** What happened to a component, newest first. Needs `dojo.delivery.read`. */
  async listHistory(
    component: string,
    query: DeliveryHistoryQuery = {},
    options: DojoRequestOptions = {},
  ): Promise<DeliveryHistory> {
    return this.#transport.ask(
      'GET',
      `${componentPath(component)}/delivery/history${search(query)}`,
      deliveryHistorySchema,
      options,
    );
  }

  /** The four measures of a component. Needs `dojo.delivery.read`. */
  async getMeasures(
    component: string,
    query: DeliveryMeasuresQuery = {},
    options: DojoRequestOptions = {},
  ): Promise<DeliveryMeasures> {
    return this.#transport.ask(
      'GET',
      `${componentPath(component)}/delivery/measures${search(query)}`,
      deliveryMeasuresSchema,
      options,
    );
  }

  /** What a version would change in an environment. Needs `dojo.delivery.read`. */
  async getDeliveryMove(
    component: string,
    query: DeliveryMoveQuery,
    options: DojoRequestOptions = {},
  ): Promise<DeliveryMove> {
    return this.#transport.ask(
      'GET',
      `${componentPath(component)}/delivery/move${search(query)}`,
      deliveryMoveSchema,
      options,
    );
  }

  /** Where a commit, a pull request (`#29`) or a version is. Needs `dojo.delivery.read`. */
  async findInDelivery(
    component: string,
    ref: string,
    options: DojoRequestOptions = {},
  ): Promise<DeliveryWhere> {
    return this.#transport.ask(
      'GET',
      `${componentPath(component)}/delivery/where${search({ ref })}`,
      deliveryWhereSchema,
      options,
    );
  }

  /** The last lines of what runs in an environment, from its cluster. Needs `dojo.delivery.logs`. */
  async getDeliveryLog(
    component: string,
    environment: string,
    options: DojoRequestOptions = {},
  ): Promise<DeliveryLog> {
    return this.#transport.ask(
      'GET',
      `${componentPath(component)}/delivery/log${search({ environment })}`,
      deliveryLogSchema,
      options,
    );
  }
}

/** `?a=1&b=2`, of what is set; empty where nothing is. */
function search(query: object): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== undefined,
  );
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(
        pairs.map(([key, value]) => [key, String(value)]),
      )}`;
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
