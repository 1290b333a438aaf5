import {
  DeploymentChildRequest,
  DeploymentMergeChildRequest,
  DeploymentMergeResult,
  deploymentMergeResultSchema,
  DeploymentResult,
  deploymentResultSchema,
} from 'backstage-plugin-dojo-common';
import { ChildRunner } from '../child/ChildRunner';
import type { ChildRunnerOptions, ChildRunOptions } from '../child/ChildRunner';
import { deploymentAccess } from './deploymentAccess';
import type {
  DeploymentAccessOptions,
  DeploymentClusters,
} from './deploymentAccess';

/** Whose work it is. */
interface DeploymentSubject {
  /** Complete entity ref. */
  readonly component: string;
  /** Who asks. */
  readonly initiator: string;
}

/** What is deployed, and how far it goes. Nobody is asked any more who may. */
export interface DeploymentWork
  extends DeploymentSubject,
    DeploymentClusters,
    Pick<DeploymentChildRequest, 'mode' | 'request' | 'policy' | 'planHash'> {}

/** What is merged, or looked at. Nobody is asked any more who may. */
export interface MergeWork
  extends DeploymentSubject,
    DeploymentClusters,
    Pick<DeploymentMergeChildRequest, 'mode' | 'request' | 'policy' | 'close'> {
  /** The base that the component's overlays are of. */
  readonly base: string;
}

/** What {@link DeploymentRunner} works with. */
export interface DeploymentRunnerOptions
  extends Pick<ChildRunnerOptions, 'slots' | 'command'>,
    DeploymentAccessOptions {}

/** Every way to a deployment: a {@link ChildRunner}'s child, with the credentials of its two repositories and its cluster. */
export class DeploymentRunner {
  readonly #options: DeploymentRunnerOptions;
  readonly #children: ChildRunner;

  constructor(options: DeploymentRunnerOptions) {
    this.#options = options;
    this.#children = new ChildRunner({
      ...options,
      temporaryPrefix: 'dojo-deployment-',
    });
  }

  /** @throws DojoError of the command, COMMAND_DEADLINE and the like; the signal's reason. */
  async run(
    work: DeploymentWork,
    options: ChildRunOptions,
  ): Promise<DeploymentResult> {
    const { component, initiator, mode, request, policy, planHash } = work;
    return this.#children.run(
      {
        component,
        initiator,
        mode,
        what: 'a deployment',
        // A rollout is waited for as long as the request says.
        ...(request.wait !== undefined && { waits: request.wait }),
        toRequest: async () => ({
          kind: 'deployment',
          mode,
          request,
          access: await deploymentAccess(request, work, this.#options),
          policy,
          requester: initiator,
          ...(planHash !== undefined && { planHash }),
        }),
        result: deploymentResultSchema,
      },
      options,
    );
  }

  /** @throws DojoError of the command, COMMAND_DEADLINE and the like; the signal's reason. */
  async merge(
    work: MergeWork,
    options: ChildRunOptions,
  ): Promise<DeploymentMergeResult> {
    const { component, initiator, mode, request, policy, base, close } = work;
    const places = { infra: request.infra, base };
    return this.#children.run(
      {
        component,
        initiator,
        mode,
        what: 'a merge',
        toRequest: async () => ({
          kind: 'deployment-merge',
          ...(close && { close }),
          mode,
          request,
          access: await deploymentAccess(places, work, this.#options),
          policy,
          requester: initiator,
        }),
        result: deploymentMergeResultSchema,
      },
      options,
    );
  }
}
