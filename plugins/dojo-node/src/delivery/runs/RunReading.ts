import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import type { EndedRun, FailedRun } from 'dojo-portal-core/delivery';
import type { SourceReading } from '../refresh/SourceReading';
import { factNames, sourceNames } from '../sources/sourceNames';
import type { TaskFacts } from '../sources/storedShapes';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import {
  subjectOf,
  TaskSubject,
  toEndedRun,
  toFailedRun,
  toRun,
} from './toRun';

const maxOpen = 100;
const maxFailed = 50;
/** Those that ended well: at first as many as are kept, then what may have ended since the last reading. */
const maxEnded = 100;
const maxJustEnded = 20;

/** What {@link RunReading} works with. */
export interface RunReadingOptions {
  readonly index: Pick<DeliveryIndex, 'factsOfSource' | 'putFacts'>;
  readonly reading: Pick<SourceReading, 'attemptAnew'>;
  readonly scaffolder: Pick<ScaffolderService, 'listTasks' | 'getLogs'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  /** Which of some tasks were started by an agent; default: nobody knows of any. */
  readonly agentTasks?: (
    taskIds: readonly string[],
  ) => Promise<ReadonlySet<string>>;
}

/** Reads the scaffolder's tasks that run on components, and those that failed. */
export class RunReading {
  readonly #options: RunReadingOptions;
  /** By task: their logs do not change any more. */
  #failed = new Map<string, FailedRun>();
  #hasReadEnded = false;
  #open = 0;

  constructor(options: RunReadingOptions) {
    this.#options = options;
  }

  /** @returns how many run, and the components of which one has ended since the last reading. */
  async read(
    signal: AbortSignal,
  ): Promise<{ readonly open: number; readonly ended: readonly string[] }> {
    const { index, reading, scaffolder, auth } = this.#options;
    const ended: string[] = [];
    await reading.attemptAnew(
      'tasks',
      sourceNames.tasks,
      signal,
      async (_before, startedAt) => {
        const credentials = await auth.getOwnServiceCredentials();
        const [running, failing, ending] = await Promise.all([
          scaffolder.listTasks(
            { status: ['open', 'processing'], limit: maxOpen },
            { credentials },
          ),
          scaffolder.listTasks(
            { status: 'failed', limit: maxFailed },
            { credentials },
          ),
          scaffolder.listTasks(
            {
              status: 'completed',
              limit: this.#hasReadEnded ? maxJustEnded : maxEnded,
            },
            { credentials },
          ),
        ]);
        this.#hasReadEnded = true;
        const listed = [running, failing, ending].flatMap(({ items }) => items);
        const byAgents = await this.#agentTasksOf(listed);
        const runs = await this.#runsOf(running.items, byAgents);
        const failures = await this.#failuresOf(failing.items, byAgents);
        const ends = endsOf(ending.items, byAgents);
        this.#open = [...runs.values()].flat().length;
        const known = (await index.factsOfSource(factNames.tasks)) as Map<
          string,
          TaskFacts
        >;
        const refs = new Set([
          ...runs.keys(),
          ...failures.keys(),
          ...ends.keys(),
          ...known.keys(),
        ]);
        for (const ref of refs) {
          const endedRuns = joined(ends.get(ref), known.get(ref)?.ended);
          const facts: TaskFacts = {
            runs: runs.get(ref) ?? [],
            failures: failures.get(ref) ?? [],
            ...(endedRuns.length > 0 && { ended: endedRuns }),
          };
          const ids = new Set(facts.runs.map(({ id }) => id));
          if (known.get(ref)?.runs.some(({ id }) => !ids.has(id))) {
            ended.push(ref);
          }
          await index.putFacts(ref, factNames.tasks, facts, startedAt);
        }
      },
    );
    return { open: this.#open, ended };
  }

  /** Ids of those that agents started. */
  async #agentTasksOf(
    tasks: readonly ScaffolderTask[],
  ): Promise<ReadonlySet<string>> {
    const ids = tasks.map(({ id }) => id);
    const { agentTasks } = this.#options;
    return (ids.length > 0 && (await agentTasks?.(ids))) || new Set();
  }

  async #runsOf(
    tasks: readonly ScaffolderTask[],
    byAgents: ReadonlySet<string>,
  ): Promise<Map<string, DeliveryRun[]>> {
    const runs = new Map<string, DeliveryRun[]>();
    for (const { task, subject } of ours(tasks)) {
      const log = await this.#logOf(task);
      const stepId = log
        .map(({ body }) => body.stepId)
        .filter(id => id !== undefined)
        .pop();
      const isByAgent = byAgents.has(task.id);
      add(runs, subject.component, toRun(task, subject, stepId, isByAgent));
    }
    return runs;
  }

  async #failuresOf(
    tasks: readonly ScaffolderTask[],
    byAgents: ReadonlySet<string>,
  ): Promise<Map<string, FailedRun[]>> {
    const failures = new Map<string, FailedRun[]>();
    const kept = new Map<string, FailedRun>();
    for (const { task, subject } of ours(tasks)) {
      const failed =
        this.#failed.get(task.id) ??
        toFailedRun(
          task,
          subject,
          messageOf(await this.#logOf(task)),
          byAgents.has(task.id),
        );
      kept.set(task.id, failed);
      add(failures, subject.component, failed);
    }
    this.#failed = kept;
    return failures;
  }

  async #logOf({ id }: ScaffolderTask): Promise<LogEvent[]> {
    const { scaffolder, auth } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    return scaffolder.getLogs({ taskId: id }, { credentials });
  }
}

/** Those that carried out a plan which somebody reviewed. */
function endsOf(
  tasks: readonly ScaffolderTask[],
  byAgents: ReadonlySet<string>,
): Map<string, EndedRun[]> {
  const ends = new Map<string, EndedRun[]>();
  for (const { task, subject } of ours(tasks)) {
    const run = toEndedRun(task, byAgents.has(task.id));
    if (run.planHashes.length > 0) add(ends, subject.component, run);
  }
  return ends;
}

/** The newest first, each once; what a listing does not name any more is kept. */
function joined(
  read: readonly EndedRun[] = [],
  known: readonly EndedRun[] = [],
): readonly EndedRun[] {
  const ids = new Set(read.map(({ id }) => id));
  return [...read, ...known.filter(({ id }) => !ids.has(id))].slice(
    0,
    maxEnded,
  );
}

function ours(
  tasks: readonly ScaffolderTask[],
): { task: ScaffolderTask; subject: TaskSubject }[] {
  return tasks.flatMap(task => {
    const subject = subjectOf(task);
    return subject ? [{ task, subject }] : [];
  });
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

/** The end of a task says why; its class, such as `ConflictError:`, is for programs. */
function messageOf(log: readonly LogEvent[]): string {
  const end = log.filter(({ type }) => type === 'completion').pop()?.body as
    | { message?: string; error?: { message?: string } }
    | undefined;
  const message = end?.error?.message ?? end?.message ?? 'The task failed';
  return message.replace(/^\w*Error: /, '');
}
