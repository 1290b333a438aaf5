import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { AgentOperation, Operation } from 'backstage-plugin-dojo-common';
import { dojoDeliveryReadPermission } from 'backstage-plugin-dojo-common/permissions';
import type { Access } from '../access/Access';
import { subjectOf, TaskSubject } from '../delivery/runs/toRun';
import { operationErrors } from '../operations/operationErrors';
import type { OperationsAccess } from '../operations/OperationsAccess';
import {
  asksForMerge,
  AwaitedChange,
  operationOfTask,
  pollAfter,
} from './operationOfTask';
import type { FollowRunRequest, RunCallOptions } from './Runs';

const pollMs = 500;
const maxLines = 50;

/** What {@link FollowedRuns} works with. */
export interface FollowedRunsOptions {
  readonly access: Pick<Access, 'require'>;
  readonly scaffolder: Pick<ScaffolderService, 'getTask' | 'getLogs'>;
  readonly operations: Pick<OperationsAccess, 'get'>;
  /** How the change stands that a plan asked for. */
  readonly changeOf: (
    of: {
      readonly component: string;
      readonly environment: string;
      readonly planHash: string;
      readonly requester: string | undefined;
      /** When its task ended. */
      readonly since: Date;
    },
    credentials: BackstageCredentials,
  ) => Promise<AwaitedChange>;
  readonly pageOfTask: (taskId: string) => string;
  readonly clock: { now(): Date };
  readonly after: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Runs as somebody follows them: who may, what is new, and what becomes of a change that waits. */
export class FollowedRuns {
  readonly #options: FollowedRunsOptions;

  constructor(options: FollowedRunsOptions) {
    this.#options = options;
  }

  /** @throws DojoError OPERATION_NOT_FOUND */
  async follow(
    { id, after = 0, waitMs = 0 }: FollowRunRequest,
    { credentials, signal }: RunCallOptions,
  ): Promise<AgentOperation> {
    const { clock } = this.#options;
    const deadline = clock.now().getTime() + waitMs;
    let first: AgentOperation | undefined;
    for (;;) {
      const now = await this.#read(id, after, credentials);
      first ??= now;
      const left = deadline - clock.now().getTime();
      if (left <= 0 || hasNews(now, first)) return now;
      await this.#options.after(Math.min(pollMs, left), signal);
    }
  }

  async #read(
    id: string,
    after: number,
    credentials: BackstageCredentials,
  ): Promise<AgentOperation> {
    const [, kind, key] =
      /^(task):([0-9a-f-]{36})$/.exec(id) ??
      /^(rehearsal):([0-9a-f]{32})$/.exec(id) ??
      [];
    if (key === undefined) throw operationErrors.operationNotFound(id);
    if (kind === 'rehearsal') {
      const operation = await this.#options.operations.get(key, {
        credentials,
      });
      return operationOfRehearsal(operation, after);
    }
    return this.#readTask(id, key, after, credentials);
  }

  async #readTask(
    id: string,
    taskId: string,
    after: number,
    credentials: BackstageCredentials,
  ): Promise<AgentOperation> {
    const { scaffolder, access, pageOfTask } = this.#options;
    const task = await scaffolder
      .getTask({ taskId }, { credentials })
      .catch((error: unknown) => {
        if (isHidden(error)) throw operationErrors.operationNotFound(id);
        throw error;
      });
    const subject = subjectOf(task);
    if (subject === undefined) throw operationErrors.operationNotFound(id);
    await access
      .require(
        [
          {
            permission: dojoDeliveryReadPermission,
            resourceRef: subject.component,
          },
        ],
        credentials,
      )
      .catch(() => {
        throw operationErrors.operationNotFound(id);
      });
    const events = await scaffolder.getLogs({ taskId }, { credentials });
    const change =
      task.status === 'completed' && asksForMerge(events)
        ? await this.#changeOf(task, subject, endedAt(events), credentials)
        : undefined;
    const operation = operationOfTask({
      task,
      events,
      after,
      url: pageOfTask(taskId),
      ...(change && { change }),
    });
    if (operation === undefined) throw operationErrors.operationNotFound(id);
    return operation;
  }

  async #changeOf(
    task: ScaffolderTask,
    { component, environment }: TaskSubject,
    since: Date,
    credentials: BackstageCredentials,
  ): Promise<AwaitedChange | undefined> {
    const planHash = planHashOf(task);
    if (environment === undefined || planHash === undefined) return undefined;
    return this.#options.changeOf(
      {
        component,
        environment,
        planHash,
        requester: requesterOf(task),
        since,
      },
      credentials,
    );
  }
}

/** Lines that were not told, an end, or another state than at first. */
function hasNews(now: AgentOperation, first: AgentOperation): boolean {
  return (
    now.lines.length > 0 ||
    now.state !== first.state ||
    /^(?:succeeded|failed|cancelled)$/.test(now.state)
  );
}

/** The scaffolder says 404 of what is not there and 403 of what one may not see. */
function isHidden(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return (
    /^(?:NotFoundError|NotAllowedError)$/.test(name) ||
    status === 404 ||
    status === 403
  );
}

function endedAt(events: readonly LogEvent[]): Date {
  return new Date(events.at(-1)?.createdAt ?? 0);
}

function planHashOf({ spec }: ScaffolderTask): string | undefined {
  const review = spec.parameters.review as
    | { planHash?: unknown; deployment?: unknown }
    | undefined;
  // A shipment has a hash of its own; what waits is its deployment.
  const hash = review?.deployment ?? review?.planHash;
  return typeof hash === 'string' ? hash : undefined;
}

function requesterOf({ spec }: ScaffolderTask): string | undefined {
  const { ref, entity } = spec.user ?? {};
  return (
    entity?.spec.profile?.displayName ??
    entity?.metadata.title ??
    ref?.replace(/^.*[:/]/, '')
  );
}

function operationOfRehearsal(
  { id, kind, state, lines, error }: Operation,
  after: number,
): AgentOperation {
  const shown = lines.slice(after, after + maxLines);
  const ended = (
    { running: 'running', done: 'succeeded', failed: 'failed' } as const
  )[state];
  return {
    id: `rehearsal:${id}`,
    kind,
    state: ended,
    sentence: {
      running: 'The rehearsal is running.',
      succeeded: 'Rehearsal succeeded, including commit and checks.',
      failed: error?.message ?? 'The rehearsal failed.',
    }[ended],
    lines: shown,
    next: after + shown.length,
    ...(error && { error: { code: error.code, message: error.message } }),
    pollAfterMs: pollAfter(ended),
  };
}
