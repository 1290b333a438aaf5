import { join } from 'node:path';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import {
  Outcome,
  ReleaseAccess,
  ReleaseRequest,
  ReleaseResult,
  releaseResultSchema,
} from 'backstage-plugin-dojo-common';
import { createTemporaryFolder } from 'dojo-portal-core/local';
import { childErrors } from '../child/childErrors';
import type { ChildSlots } from '../child/ChildSlots';
import { createDeadline } from '../child/createDeadline';
import { runDojoCommand } from '../child/runDojoCommand';
import type { DojoConfig } from '../config/readDojoConfig';
import { createGithubToken } from '../repository/githubToken';
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

/** Options of {@link ReleaseRunner.run}. */
export interface ReleaseRunOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the run's log; default: nowhere. */
  readonly log?: (line: string) => void;
  /** Called with each outcome as soon as it is known; default: the result alone has them. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What {@link ReleaseRunner} works with. */
export interface ReleaseRunnerOptions {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
  /** For plans; what was reviewed waits for nobody. */
  readonly slots: ChildSlots;
  /** The `dojo` command's JavaScript file. */
  readonly command: string;
}

const temporaryPrefix = 'dojo-release-';
/** Seconds of a run: a registry that is slow and a forge that says "later" have their time. */
const runSeconds = 3_600;
/** A run plans too, and has more room for it: nobody starts one but for what was reviewed. */
const runMemoryBytes = 1024 * 1024 * 1024;
/** Milliseconds between SIGTERM and SIGKILL of a plan: it has nothing to put away. */
const planGrace = 1_000;
const whenLost: Readonly<Record<ReleaseWork['mode'], string>> = {
  plan: 'Nothing was written. Plan again.',
  run: 'Run it again: what is done stays done, and the rest is finished.',
};

/**
 * Every way to a release: the `dojo` command in a child process, so that what a repository holds can neither stop this
 * one nor outlive its limits.
 */
export class ReleaseRunner {
  readonly #options: ReleaseRunnerOptions;

  constructor(options: ReleaseRunnerOptions) {
    this.#options = options;
  }

  /** @throws DojoError of the command, COMMAND_DEADLINE and the like; the signal's reason. */
  async run(
    work: ReleaseWork,
    options: ReleaseRunOptions,
  ): Promise<ReleaseResult> {
    const { config, slots } = this.#options;
    const { mode, initiator } = work;
    const seconds = mode === 'plan' ? config.plans.seconds : runSeconds;
    const deadline = createDeadline(options.signal, `${seconds}s`, () =>
      childErrors.deadline(subjectOf(work), seconds, whenLost[mode]),
    );
    const { signal } = deadline;
    const start = () => this.#runIn(work, { ...options, signal });
    try {
      return mode === 'plan'
        ? await slots.run({ initiator, signal }, start)
        : await start();
    } finally {
      deadline.clear();
    }
  }

  async #runIn(
    work: ReleaseWork,
    { signal, log = () => {}, onOutcome }: ReleaseRunOptions,
  ): Promise<ReleaseResult> {
    const { config, command } = this.#options;
    const { mode, request, planHash } = work;
    const access = await this.#accessTo(request.repository);
    const folder = await createTemporaryFolder(
      config.temporaryRoot,
      temporaryPrefix,
    );
    try {
      return await runDojoCommand({
        command,
        request: {
          kind: 'release',
          mode,
          request,
          access,
          ...(planHash !== undefined && { planHash }),
        },
        result: releaseResultSchema,
        folder: folder.path,
        what: subjectOf(work),
        whenLost: whenLost[mode],
        signal,
        log,
        ...(onOutcome && { onOutcome }),
        maxMemoryBytes:
          mode === 'plan' ? config.plans.memoryBytes : runMemoryBytes,
        ...(mode === 'plan' && { grace: planGrace }),
      });
    } finally {
      await folder.dispose();
    }
  }

  /** The credentials of this repository and no other's. */
  async #accessTo(repository: string): Promise<ReleaseAccess> {
    const { config, integrations } = this.#options;
    const githubToken = createGithubToken(integrations);
    const authorization = /^https?:/i.test(repository)
      ? await createRepositoryCredentials(integrations)(repository)
      : undefined;
    const githubs = integrations.github.list().map(github => github.config);
    return {
      author: config.author,
      allowedHosts: [...config.allowedHosts],
      // Without a forge, a folder that nothing is ever below.
      localRoot:
        config.localForgeRoot ?? join(config.temporaryRoot, 'no-local-forge'),
      ...(authorization !== undefined && { authorization }),
      registries: [...config.registries],
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

/** Whether a repository's address is on a host, in any of its spellings. */
function isOn(host: string, repository: string): boolean {
  const [, of] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+(?::\d+(?=\/))?)/i.exec(
    repository,
  ) ?? [undefined, ''];
  return of.toLowerCase() === host.toLowerCase();
}

function subjectOf({ mode, component }: ReleaseWork): string {
  return `${mode === 'plan' ? 'a plan' : 'a release'} of ${component}`;
}
