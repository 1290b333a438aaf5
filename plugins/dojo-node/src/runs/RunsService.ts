import { setTimeout as delay } from 'node:timers/promises';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { AgentOperation, StartedRun } from 'backstage-plugin-dojo-common';
import type { TemplateVerb } from 'dojo-portal-core/delivery';
import type { Access } from '../access/Access';
import { toComponentRef } from '../component/toComponentRef';
import { withBackstageErrors } from '../errors/withBackstageErrors';
import { checksOfRun, keyOfRun } from './checksOfRun';
import type { FollowedRuns } from './FollowedRuns';
import { pollAfter } from './operationOfTask';
import { refuseWhileRunning } from './refuseWhileRunning';
import type { ReviewedPlans } from './ReviewedPlans';
import { runErrors } from './runErrors';
import type {
  FollowRunRequest,
  RunCallOptions,
  Runs,
  ShownPlan,
  StartRunRequest,
} from './Runs';
import type { Claim, StartedRuns } from './StartedRuns';
import { templateOf, valuesOfRun } from './valuesOfRun';

/** How long a start waits for the task of the same start beside it. Milliseconds. */
const siblingMs = 1_000;
const siblingPollMs = 50;

/** What {@link RunsService} works with. */
export interface RunsServiceOptions {
  readonly access: Pick<Access, 'require'>;
  readonly scaffolder: Pick<ScaffolderService, 'scaffold' | 'getTask'>;
  readonly started: Pick<StartedRuns, 'taskOf' | 'claim'>;
  readonly plans: Pick<ReviewedPlans, 'check' | 'keep'>;
  readonly followed: Pick<FollowedRuns, 'follow'>;
  /** Runs of a component that have not ended, as far as the index has heard. */
  readonly runningOf: Parameters<typeof refuseWhileRunning>[0]['runningOf'];
  /** Whether a task has not ended, by the scaffolder itself. */
  readonly stillRuns: Parameters<typeof refuseWhileRunning>[0]['stillRuns'];
  readonly clock: { now(): Date };
  /** Address of a task's page. */
  readonly pageOfTask: (taskId: string) => string;
  /** Which template of the catalog carries a verb out. */
  readonly templateOf: (verb: TemplateVerb) => Promise<string | undefined>;
}

/** Starts the suite's templates as their forms do: who may, the reviewed plan, and one task for one plan. */
export class RunsService implements Runs {
  readonly #options: RunsServiceOptions;

  constructor(options: RunsServiceOptions) {
    this.#options = options;
  }

  async shown(plan: ShownPlan): Promise<void> {
    const component = toComponentRef(plan.component);
    await this.#options.plans.keep({ ...plan, component });
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  async start(
    written: StartRunRequest,
    { credentials, signal }: RunCallOptions,
  ): Promise<StartedRun> {
    return withBackstageErrors(async () => {
      const { access, started, plans, runningOf, stillRuns, clock } =
        this.#options;
      const component = toComponentRef(written.component);
      const request: StartRunRequest = { ...written, component };
      await access.require(checksOfRun(request), credentials);
      const key = keyOfRun(request);
      const earlier = await started.taskOf(key);
      const found =
        earlier === undefined
          ? undefined
          : await this.#found(earlier, credentials);
      if (found) return found;
      await refuseWhileRunning({
        request,
        credentials,
        runningOf,
        stillRuns,
        now: clock.now(),
      });
      const reviewed = await plans.check(request, { credentials, signal });
      const claim = await this.#claimed(key, earlier);
      if (claim.kind === 'started') {
        const sibling = await this.#found(claim.taskId, credentials);
        if (sibling) return sibling;
      }
      if (claim.kind !== 'mine') throw runErrors.startPending();
      let taskId: string | undefined;
      try {
        const verb = templateOf(request);
        const templateRef = await this.#options.templateOf(verb);
        if (templateRef === undefined) {
          throw runErrors.templateMissing(request.verb);
        }
        ({ taskId } = await this.#options.scaffolder.scaffold(
          { templateRef, values: valuesOfRun(request, component, reviewed) },
          { credentials },
        ));
      } finally {
        await claim.settle(taskId);
      }
      return this.#started(taskId, 'queued');
    });
  }

  follow(
    request: FollowRunRequest,
    options: RunCallOptions,
  ): Promise<AgentOperation> {
    return withBackstageErrors(() =>
      this.#options.followed.follow(request, options),
    );
  }

  /** The run of an earlier start; undefined where it came to nothing, so that it may be started again. */
  async #found(
    taskId: string,
    credentials: BackstageCredentials,
  ): Promise<StartedRun | undefined> {
    const task = await this.#options.scaffolder
      .getTask({ taskId }, { credentials })
      // Scaffolders forget their tasks, and show others' only by permission.
      .catch(() => undefined);
    switch (task?.status) {
      case 'open':
        return this.#started(taskId, 'queued');
      case 'processing':
        return this.#started(taskId, 'running');
      case 'completed':
        return { ...this.#started(taskId, 'succeeded'), already: true };
      default:
        return undefined;
    }
  }

  #started(
    taskId: string,
    state: 'queued' | 'running' | 'succeeded',
  ): StartedRun {
    return {
      id: `task:${taskId}`,
      url: this.#options.pageOfTask(taskId),
      state,
      pollAfterMs: pollAfter(state),
    };
  }

  async #claimed(key: string, instead: string | undefined): Promise<Claim> {
    const deadline = performance.now() + siblingMs;
    for (;;) {
      const claim = await this.#options.started.claim(key, instead);
      if (claim.kind !== 'pending' || performance.now() > deadline) {
        return claim;
      }
      await delay(siblingPollMs);
    }
  }
}

/** Path of a task's page in the portal. */
export function pageOfTask(taskId: string): string {
  return `/create/tasks/${encodeURIComponent(taskId)}`;
}
