import { parseEntityRef } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DeploymentChoices,
  deploymentChoicesSchema,
  deploymentFieldsSchema,
  deploymentRequestSchema,
  DeploymentResult,
  firstUnsettled,
  parseInput,
  refineDeploymentChoices,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoDeploymentCreatePermission,
  dojoEnvironmentChangePermission,
} from 'backstage-plugin-dojo-common/permissions';
import type {
  Access,
  AuditedCall,
  AuditedEnd,
  PermissionCheck,
} from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { initiatorOf } from '../access/initiatorOf';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import type { EnvironmentConfig, InfraConfig } from '../config/readDojoConfig';
import { deploymentErrors } from './deploymentErrors';
import type { DeploymentRunner, DeploymentWork } from './DeploymentRunner';
import type {
  Deployments,
  PlanDeploymentRequest,
  StartDeploymentRequest,
} from './Deployments';

/** What {@link DeploymentService} works with. */
export interface DeploymentServiceOptions {
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly environments: Environments;
  /** Of components whose annotations name no other; absent: there is none. */
  readonly infra?: InfraConfig;
  readonly runner: Pick<DeploymentRunner, 'run'>;
}

/** With the environment, which rules between the choices are about. */
const choicesSchema = deploymentChoicesSchema
  .extend({ environment: deploymentFieldsSchema.shape.environment })
  .strict()
  .superRefine(refineDeploymentChoices);

/** The deployments of components: who may, audit, and where overlay and base are. */
export class DeploymentService implements Deployments {
  readonly #options: DeploymentServiceOptions;

  constructor(options: DeploymentServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: PlanDeploymentRequest,
    options: DojoPlanOptions,
  ): Promise<DeploymentResult> {
    return this.#audited('deployment-plan', 'low', request, options, async () =>
      this.#options.runner.run(
        await this.#authorized('plan', request, options),
        options,
      ),
    );
  }

  async deploy(
    request: StartDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentResult> {
    return this.#audited('deployment', 'medium', request, options, async () =>
      this.#options.runner.run(
        await this.#authorized('run', request, options),
        options,
      ),
    );
  }

  /**
   * The permissions come first: nothing is read, not even the catalog, for who may not, and no configured name or
   * address is told.
   */
  async #authorized(
    mode: DeploymentWork['mode'],
    request: StartDeploymentRequest,
    { credentials }: DojoPlanOptions,
  ): Promise<DeploymentWork> {
    const { access, environments } = this.#options;
    const component = toComponentRef(request.component);
    const { environment, ...choices } = parseInput(
      choicesSchema,
      { ...request.choices, environment: request.environment },
      'deployment',
    );
    await access.require(
      checksOf(mode, { component, environment }),
      credentials,
    );
    const configured = environments.get(environment);
    ensurePromoted(configured, choices);
    if (choices.promoteFrom !== undefined)
      environments.get(choices.promoteFrom);
    const name = nameOf(component);
    const where = await this.#placesOf(component, credentials);
    return {
      component,
      initiator: initiatorOf(credentials),
      mode,
      request: parseInput(
        deploymentRequestSchema,
        { ...choices, component: name, environment, ...where },
        `deployment of ${component}`,
      ),
      policy: policyOf(configured),
      ...(request.planHash !== undefined && { planHash: request.planHash }),
    };
  }

  async #placesOf(
    component: string,
    credentials: DojoPlanOptions['credentials'],
  ) {
    const { repository, basePath, image, infra } = await readComponent(
      component,
      credentials,
      this.#options,
    );
    // A branch belongs to the repository that it was configured with.
    const { repository: place, branch } =
      infra === undefined
        ? this.#options.infra ?? { repository: undefined, branch: undefined }
        : { repository: infra, branch: undefined };
    if (place === undefined) throw deploymentErrors.infraMissing(component);
    return {
      infra: place,
      base: `${repository}//${basePath}`,
      ...(branch !== undefined && { branch }),
      ...(image !== undefined && { image }),
    };
  }

  #audited(
    eventId: string,
    severityLevel: AuditedCall['severityLevel'],
    { component, environment, planHash, choices }: StartDeploymentRequest,
    { credentials }: DojoPlanOptions,
    run: () => Promise<DeploymentResult>,
  ): Promise<DeploymentResult> {
    const { version, promoteFrom, rollbackTo } = choices;
    const meta = {
      component,
      environment,
      version,
      promoteFrom,
      rollbackTo,
      planHash,
    };
    return this.#options.access.audited(
      { eventId, severityLevel, meta, credentials },
      run,
      toAuditedEnd,
    );
  }
}

function checksOf(
  mode: DeploymentWork['mode'],
  of: { readonly component: string; readonly environment: string },
): PermissionCheck[] {
  const { component, environment } = of;
  if (mode === 'plan') {
    return [{ permission: dojoDeliveryReadPermission, resourceRef: component }];
  }
  return [
    { permission: dojoDeploymentCreatePermission, resourceRef: component },
    { permission: dojoEnvironmentChangePermission, resourceRef: environment },
  ];
}

/** @throws DojoError `PROMOTION_NEEDED`. */
function ensurePromoted(
  { name, promotesFrom }: EnvironmentConfig,
  { promoteFrom, rollbackTo }: DeploymentChoices,
): void {
  if (promotesFrom === undefined || rollbackTo !== undefined) return;
  if (promoteFrom !== promotesFrom) {
    throw deploymentErrors.promotionNeeded(name, promotesFrom);
  }
}

/**
 * The name in the paths of overlays and in the cluster.
 *
 * @throws DojoError `DEPLOYMENT_NAMESPACE_OTHER`, `DEPLOYMENT_NAME_UNFIT`.
 */
function nameOf(component: string): string {
  const { name, namespace } = parseEntityRef(component);
  if (namespace !== 'default') throw deploymentErrors.namespaceOther(component);
  const parsed = deploymentFieldsSchema.shape.component.safeParse(name);
  if (!parsed.success) throw deploymentErrors.nameUnfit(component);
  return parsed.data;
}

function policyOf({
  namespace,
  mode,
  approval,
  freeze = [],
}: EnvironmentConfig): DeploymentWork['policy'] {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(mode !== undefined && { mode }),
    ...(approval !== undefined && { approval }),
    freeze: [...freeze],
  };
}

function toAuditedEnd(result: DeploymentResult): AuditedEnd {
  const { outcome, version, overlayPath, commit, planHash } = result;
  const open = firstUnsettled(result.effects);
  return {
    meta: { outcome, version, overlayPath, commit, planHash },
    ...(open?.kind === 'failed' && { failed: open.error }),
  };
}
