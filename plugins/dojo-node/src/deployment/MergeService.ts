import {
  deploymentFieldsSchema,
  deploymentMergeRequestSchema,
  DeploymentMergeResult,
  firstUnsettled,
  isDojoError,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { Access, AuditedEnd } from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { initiatorOf } from '../access/initiatorOf';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import { toBackstageError } from '../errors/toBackstageError';
import { deploymentErrors } from './deploymentErrors';
import { deployedName, deploymentPlaces } from './deploymentPlaces';
import type { DeploymentPlacesOptions } from './deploymentPlaces';
import { deploymentChecks, deploymentPolicy } from './deploymentPolicy';
import type { DeploymentRunner, MergeWork } from './DeploymentRunner';
import type {
  MergeDeploymentRequest,
  Merges,
  WaitingDeploymentRequest,
} from './Merges';

/** What {@link MergeService} works with. */
export interface MergeServiceOptions extends DeploymentPlacesOptions {
  readonly access: Access;
  readonly environments: Environments;
  readonly runner: Pick<DeploymentRunner, 'merge'>;
}

/** The merges of changes that wait in the local forge: who may, audit, and where they wait. */
export class MergeService implements Merges {
  readonly #options: MergeServiceOptions;

  constructor(options: MergeServiceOptions) {
    this.#options = options;
  }

  /** Not audited: it shows what a plan showed before. */
  async find(
    request: WaitingDeploymentRequest,
    options: DojoPlanOptions,
  ): Promise<DeploymentMergeResult | undefined> {
    try {
      const work = await this.#authorized('plan', request, options);
      if (!isOurs(work)) return undefined;
      const result = await this.#options.runner.merge(work, options);
      // One that landed waits no more, also where its branch is still there.
      return result.outcome === 'planned' ? result : undefined;
    } catch (error) {
      if (isDojoError(error) && error.code === 'DEPLOY_REQUEST_UNKNOWN') {
        return undefined;
      }
      throw toBackstageError(error);
    }
  }

  merge(
    request: MergeDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentMergeResult> {
    return this.#run('deployment-merge', {}, request, options);
  }

  close(
    request: MergeDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentMergeResult> {
    return this.#run('deployment-close', { close: true }, request, options);
  }

  async #run(
    eventId: string,
    how: Pick<MergeWork, 'close'>,
    request: MergeDeploymentRequest,
    options: DojoRunOptions,
  ): Promise<DeploymentMergeResult> {
    const { component, environment, planHash } = request;
    return this.#options.access.audited(
      {
        eventId,
        severityLevel: 'medium',
        meta: { component, environment, planHash },
        credentials: options.credentials,
      },
      async () => {
        const work = await this.#authorized('run', request, options);
        if (!isOurs(work)) {
          throw deploymentErrors.mergedElsewhere(component, environment);
        }
        return this.#options.runner.merge({ ...work, ...how }, options);
      },
      toAuditedEnd,
    );
  }

  /** The permissions come first: nothing is read, not even the catalog, for who may not. */
  async #authorized(
    mode: MergeWork['mode'],
    request: WaitingDeploymentRequest & Partial<MergeDeploymentRequest>,
    { credentials }: DojoPlanOptions,
  ): Promise<MergeWork> {
    const { access, environments } = this.#options;
    const component = toComponentRef(request.component);
    const environment = parseInput(
      deploymentFieldsSchema.shape.environment,
      request.environment,
      'environment',
    );
    await access.require(
      deploymentChecks(mode, { component, environment }),
      credentials,
    );
    const configured = environments.get(environment);
    const name = deployedName(component);
    const { infra, branch, base } = await deploymentPlaces(
      component,
      credentials,
      this.#options,
    );
    return {
      component,
      initiator: initiatorOf(credentials),
      mode,
      request: parseInput(
        deploymentMergeRequestSchema,
        {
          component: name,
          environment,
          infra,
          ...(branch !== undefined && { branch }),
          ...(request.planHash !== undefined && { planHash: request.planHash }),
        },
        `merge of ${component}`,
      ),
      base,
      policy: deploymentPolicy(configured),
      ...(configured.cluster && { cluster: configured.cluster }),
    };
  }
}

/** Whether nobody but the portal merges there. */
function isOurs({ request }: MergeWork): boolean {
  return /^file:/i.test(request.infra);
}

function toAuditedEnd(result: DeploymentMergeResult): AuditedEnd {
  const { outcome, version, overlayPath, requestedBy, commit } = result;
  const open = firstUnsettled(result.effects);
  return {
    meta: { outcome, version, overlayPath, requestedBy, commit },
    ...(open?.kind === 'failed' && { failed: open.error }),
  };
}
