import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  DeploymentAccess,
  DeploymentChildRequest,
  DeploymentRequest,
  DeploymentResult,
  deploymentResultSchema,
  parseBaseAddress,
} from 'backstage-plugin-dojo-common';
import { ChildRunner } from '../child/ChildRunner';
import type { ChildRunnerOptions, ChildRunOptions } from '../child/ChildRunner';
import type { DojoConfig } from '../config/readDojoConfig';
import { toChildAccess } from '../repository/childAccess';
import { createRepositoryCredentials } from '../repository/repositoryCredentials';

/** What is deployed, and how far it goes. Nobody is asked any more who may. */
export interface DeploymentWork
  extends Pick<
    DeploymentChildRequest,
    'mode' | 'request' | 'policy' | 'planHash'
  > {
  /** Complete entity ref. */
  readonly component: string;
  /** Who asks. */
  readonly initiator: string;
}

/** What {@link DeploymentRunner} works with. */
export interface DeploymentRunnerOptions
  extends Pick<ChildRunnerOptions, 'slots' | 'command'> {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
}

/** Every way to a deployment: a {@link ChildRunner}'s child, with the credentials of its two repositories. */
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
        toRequest: async () => ({
          kind: 'deployment',
          mode,
          request,
          access: await this.#accessTo(request),
          policy,
          requester: initiator,
          ...(planHash !== undefined && { planHash }),
        }),
        result: deploymentResultSchema,
      },
      options,
    );
  }

  /** The credentials of the infra repository and of the service's, and no other's. */
  async #accessTo({
    infra,
    base,
  }: DeploymentRequest): Promise<DeploymentAccess> {
    const { config } = this.#options;
    const address = parseBaseAddress(base);
    const repositories = new Set([
      infra,
      ...(typeof address === 'string' ? [] : [address.repository]),
    ]);
    const authorizations = await Promise.all(
      [...repositories].map(async repository => {
        const authorization = await this.#authorizationOf(repository);
        return authorization === undefined
          ? []
          : [{ repository, authorization }];
      }),
    );
    return {
      ...toChildAccess(config),
      authorizations: authorizations.flat(),
      ...(config.kustomize !== undefined && { kustomize: config.kustomize }),
      ...(config.baseCache !== undefined && { baseCache: config.baseCache }),
    };
  }

  /** Nobody is asked for a token of a host that will not be reached. */
  async #authorizationOf(repository: string): Promise<string | undefined> {
    const { config, integrations } = this.#options;
    if (!/^https?:/i.test(repository) || !URL.canParse(repository)) {
      return undefined;
    }
    const { host } = new URL(repository);
    if (!config.allowedHosts.includes(host.toLowerCase())) return undefined;
    return createRepositoryCredentials(integrations)(repository);
  }
}
