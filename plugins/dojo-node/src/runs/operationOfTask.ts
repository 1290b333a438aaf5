import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';
import type { AgentOperation, RunState } from 'backstage-plugin-dojo-common';
import { subjectOf, toFailedRun } from '../delivery/runs/toRun';

const maxLines = 50;
const maxLine = 500;
const maxResult = 8_000;
/** While it runs, lines come every few hundred milliseconds; a merge is somebody's morning. */
const pollMs = { running: 1_000, waiting: 30_000, ended: 0 } as const;

const stateOf: Readonly<Record<ScaffolderTask['status'], RunState>> = {
  open: 'queued',
  processing: 'running',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  skipped: 'cancelled',
};

/** How the change stands that a task asked for and somebody else lands. */
export type AwaitedChange =
  | { readonly kind: 'waiting'; readonly by: string; readonly url?: string }
  | { readonly kind: 'landed'; readonly sentence: string }
  | { readonly kind: 'closed' };

/** What {@link operationOfTask} reads. */
export interface TaskReading {
  readonly task: ScaffolderTask;
  /** Its log, oldest first. */
  readonly events: readonly LogEvent[];
  /** Lines after this one are given. */
  readonly after: number;
  /** Absent: it asked for none. */
  readonly change?: AwaitedChange;
  /** The page of the task. */
  readonly url: string;
}

/** A task of the suite as an agent follows it; undefined: it is none of ours. */
export function operationOfTask(
  reading: TaskReading,
): AgentOperation | undefined {
  const { task, events, after, change, url } = reading;
  const subject = subjectOf(task);
  if (subject === undefined) return undefined;
  const { component, environment, kind } = subject;
  const ended = endOf(events);
  const state = change?.kind === 'waiting' ? 'waiting' : stateOf[task.status];
  const shown = events
    .filter(({ id, type }) => type === 'log' && id > after)
    .slice(0, maxLines);
  const step = stepOf(task, events);
  const failed =
    state === 'failed'
      ? toFailedRun(task, subject, ended.error ?? 'The task failed', false)
          .error
      : undefined;
  const isClosed = change?.kind === 'closed';
  return {
    id: `task:${task.id}`,
    kind,
    component,
    ...(environment !== undefined && { environment }),
    state: isClosed ? 'cancelled' : state,
    sentence: sentenceOf({ state, kind, step, change, ended, failed }),
    ...(state === 'running' && step !== undefined && { step }),
    lines: shown.map(({ body }) => body.message.slice(0, maxLine)),
    next: shown.at(-1)?.id ?? after,
    ...(ended.result !== undefined && { result: ended.result }),
    ...(failed && { error: failed }),
    ...(change?.kind === 'waiting' && {
      waitingFor: {
        kind: 'merge' as const,
        by: change.by,
        ...(change.url !== undefined && { url: change.url }),
      },
    }),
    url,
    pollAfterMs: pollAfter(isClosed ? 'cancelled' : state),
  };
}

/** Whether a completed task asked for a change that somebody else lands. */
export function asksForMerge(events: readonly LogEvent[]): boolean {
  return endOf(events).outcome === 'requested';
}

/** When it is worth asking again. */
export function pollAfter(state: RunState): number {
  if (state === 'queued' || state === 'running') return pollMs.running;
  return state === 'waiting' ? pollMs.waiting : pollMs.ended;
}

interface TaskEnd {
  readonly error?: string;
  readonly result?: string;
  readonly outcome?: string;
}

/** The scaffolder's last event holds the template's output, or the error. */
function endOf(events: readonly LogEvent[]): TaskEnd {
  const body = events.filter(({ type }) => type === 'completion').at(-1)
    ?.body as
    | {
        message?: string;
        error?: { message?: string };
        output?: { text?: { content?: unknown }[]; outcome?: unknown };
      }
    | undefined;
  if (body === undefined) return {};
  const content = body.output?.text?.[0]?.content;
  const outcome = body.output?.outcome;
  return {
    error: (body.error?.message ?? body.message ?? '').replace(
      /^\w*Error: /,
      '',
    ),
    ...(typeof content === 'string' && {
      result: content.trim().slice(0, maxResult),
    }),
    ...(typeof outcome === 'string' && { outcome }),
  };
}

function stepOf(
  task: ScaffolderTask,
  events: readonly LogEvent[],
): string | undefined {
  const id = events
    .map(({ body }) => body.stepId)
    .filter(stepId => stepId !== undefined)
    .at(-1);
  return task.spec.steps.find(step => step.id === id)?.name;
}

function sentenceOf({
  state,
  kind,
  step,
  change,
  ended,
  failed,
}: {
  readonly state: RunState;
  readonly kind: AgentOperation['kind'];
  readonly step: string | undefined;
  readonly change: AwaitedChange | undefined;
  readonly ended: TaskEnd;
  readonly failed: { readonly message: string } | undefined;
}): string {
  if (change?.kind === 'waiting') return `Waits for a merge by ${change.by}`;
  if (change?.kind === 'landed') return change.sentence;
  if (change?.kind === 'closed') {
    return 'The change was closed without a merge; nothing landed.';
  }
  switch (state) {
    case 'queued':
      return `The ${kind} waits for its turn.`;
    case 'running':
      return step === undefined
        ? `The ${kind} is running.`
        : `The ${kind} is running: ${step}.`;
    case 'failed':
      return failed?.message ?? `The ${kind} failed.`;
    case 'cancelled':
      return `The ${kind} was cancelled; what was done stays.`;
    default:
      return ended.result?.split('\n', 1)[0] || `The ${kind} is done.`;
  }
}
