import {
  deploymentChoicesSchema,
  deploymentFieldsSchema,
  deploymentRequestSchema,
  DeploymentResult,
  firstUnsettled,
  parseInput,
  refineDeploymentChoices,
} from 'backstage-plugin-dojo-common';
import type { Access, AuditedCall, AuditedEnd } from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { initiatorOf } from '../access/initiatorOf';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import { codeOf } from '../errors/codeOf';
import { movedErrors } from '../errors/movedErrors';
import { deployedName, deploymentPlaces } from './deploymentPlaces';
import type { DeploymentPlacesOptions } from './deploymentPlaces';
import { deploymentChecks, deploymentPolicy } from './deploymentPolicy';
import type { DeploymentRunner, DeploymentWork } from './DeploymentRunner';
import type {
  Deployments,
  LookAtDeploymentRequest,
  StartDeploymentRequest,
} from './Deployments';

/** What {@link DeploymentService} works with. */
export interface DeploymentServiceOptions extends DeploymentPlacesOptions {
  readonly access: Access;
  readonly environments: Environments;
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
    request: LookAtDeploymentRequest,
    options: DojoPlanOptions,
  ): Promise<DeploymentResult> {
    return this.#audited('deployment-plan', 'low', request, options, async () =>
      this.#run('plan', request, options),
    );
  }

  async deploy(
    request: StartDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentResult> {
    return this.#audited('deployment', 'medium', request, options, async () =>
      this.#run('run', request, options),
    );
  }

  async #run(
    mode: DeploymentWork['mode'],
    request: LookAtDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentResult> {
    const { runner } = this.#options;
    const work = await this.#authorized(mode, request, options);
    try {
      return await runner.run(work, options);
    } catch (error) {
      const { reviewedAt } = request;
      if (reviewedAt === undefined || codeOf(error) !== 'PLAN_CHANGED') {
        throw error;
      }
      const { planHash: ignored, ...anew } = work;
      // Where there is no plan any more, that it changed is still what is known.
      const { plan } = await runner
        .run({ ...anew, mode: 'plan' }, { signal: options.signal })
        .catch(() => {
          throw error;
        });
      const { lastChange } = plan.shows;
      if (lastChange === undefined || lastChange.commit === reviewedAt) {
        throw error;
      }
      throw movedErrors.overlayChanged(work.request.environment, lastChange);
    }
  }

  /**
   * The permissions come first: nothing is read, not even the catalog, for who may not, and no configured name or
   * address is told.
   */
  async #authorized(
    mode: DeploymentWork['mode'],
    request: LookAtDeploymentRequest,
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
      deploymentChecks(mode, { component, environment }),
      credentials,
    );
    const configured = environments.get(environment);
    const source =
      choices.promoteFrom === undefined
        ? undefined
        : environments.get(choices.promoteFrom);
    const name = deployedName(component);
    const where = await deploymentPlaces(component, credentials, this.#options);
    return {
      component,
      initiator: initiatorOf(credentials),
      mode,
      request: parseInput(
        deploymentRequestSchema,
        {
          ...choices,
          component: name,
          environment,
          ...where,
          ...(mode === 'plan' &&
            request.awaited && { awaited: request.awaited }),
        },
        `deployment of ${component}`,
      ),
      policy: deploymentPolicy(configured),
      ...(configured.cluster && { cluster: configured.cluster }),
      ...(source?.cluster && {
        source: {
          environment: source.name,
          cluster: source.cluster,
          ...(source.namespace !== undefined && {
            namespace: source.namespace,
          }),
        },
      }),
      ...(request.planHash !== undefined && { planHash: request.planHash }),
    };
  }

  #audited(
    eventId: string,
    severityLevel: AuditedCall['severityLevel'],
    { component, environment, planHash, choices }: StartDeploymentRequest,
    { credentials }: DojoPlanOptions,
    run: () => Promise<DeploymentResult>,
  ): Promise<DeploymentResult> {
    const { version, promoteFrom, rollbackTo, prepare, restore } = choices;
    const meta = {
      component,
      environment,
      version,
      promoteFrom,
      rollbackTo,
      prepare: prepare ? 'true' : undefined,
      restore: restore ? 'true' : undefined,
      planHash,
    };
    return this.#options.access.audited(
      { eventId, severityLevel, meta, credentials },
      run,
      toAuditedEnd,
    );
  }
}

function toAuditedEnd(result: DeploymentResult): AuditedEnd {
  const { outcome, version, overlayPath, commit, planHash } = result;
  const open = firstUnsettled(result.effects);
  return {
    meta: { outcome, version, overlayPath, commit, planHash },
    ...(open?.kind === 'failed' && { failed: open.error }),
  };
}
