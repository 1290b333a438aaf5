import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  ReleaseAccess,
  ReleaseRequest,
  ReleaseResult,
  releaseResultSchema,
} from 'backstage-plugin-dojo-common';
import { forgePage } from '../delivery/read/forgePage';
import { ChildRunner } from '../child/ChildRunner';
import type { ChildRunnerOptions, ChildRunOptions } from '../child/ChildRunner';
import type { DojoConfig } from '../config/readDojoConfig';
import { toChildAccess } from '../repository/childAccess';
import { createGithubToken } from '../repository/githubToken';
import { isOn } from '../repository/isOn';
import { createRepositoryCredentials } from '../repository/repositoryCredentials';

/** What is released, and how far it goes. Nobody is asked any more who may. */
export interface ReleaseWork {
  /** Complete entity ref. */
  readonly component: string;
  /** Who asks. */
  readonly initiator: string;
  readonly mode: 'plan' | 'run';
  readonly request: ReleaseRequest;
  /** Of the reviewed plan. */
  readonly planHash?: string;
}

/** What {@link ReleaseRunner} works with. */
export interface ReleaseRunnerOptions
  extends Pick<ChildRunnerOptions, 'slots' | 'command'> {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
}

/** Every way to a release: a {@link ChildRunner}'s child, with the credentials of its repository. */
export class ReleaseRunner {
  readonly #options: ReleaseRunnerOptions;
  readonly #children: ChildRunner;

  constructor(options: ReleaseRunnerOptions) {
    this.#options = options;
    this.#children = new ChildRunner({
      ...options,
      temporaryPrefix: 'dojo-release-',
    });
  }

  /** @throws DojoError of the command, COMMAND_DEADLINE and the like; the signal's reason. */
  async run(
    work: ReleaseWork,
    options: ChildRunOptions,
  ): Promise<ReleaseResult> {
    const { component, initiator, mode, request, planHash } = work;
    return this.#children.run(
      {
        component,
        initiator,
        mode,
        what: 'a release',
        toRequest: async () => ({
          kind: 'release',
          mode,
          request,
          access: await this.#accessTo(request.repository),
          ...(planHash !== undefined && { planHash }),
        }),
        result: releaseResultSchema,
      },
      options,
    );
  }

  /** The credentials of this repository and no other's. */
  async #accessTo(repository: string): Promise<ReleaseAccess> {
    const { config, integrations } = this.#options;
    const githubToken = createGithubToken(integrations);
    const authorization = /^https?:/i.test(repository)
      ? await createRepositoryCredentials(integrations)(repository)
      : undefined;
    const githubs = integrations.github.list().map(github => github.config);
    const page = forgePage(repository, integrations);
    return {
      ...toChildAccess(config),
      ...(page && page.kind !== 'other' && { page }),
      ...(authorization !== undefined && { authorization }),
      githubs: await Promise.all(
        githubs
          .filter(({ host }) => isOn(host, repository))
          .map(async ({ host, apiBaseUrl = `https://${host}/api/v3` }) => {
            const token = await githubToken(host, repository);
            return {
              host,
              apiBaseUrl,
              ...(token !== undefined && { token }),
            };
          }),
      ),
    };
  }
}
