import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import type { DeliveryPerson, DeliveryRun } from 'backstage-plugin-dojo-common';
import type { FailedRun } from 'dojo-portal-core/delivery';
import { toComponentRef } from '../../component/toComponentRef';

/** What a task of the scaffolder is about, where it is one of our actions on a component. */
export interface TaskSubject {
  readonly component: string;
  readonly kind: DeliveryRun['kind'];
  readonly environment?: string;
  readonly version?: string;
}

const codePattern = /^([^]{1,2000}?) \(([A-Z][A-Z0-9_]{1,60})\)(?: — |$)/;
const maxMessage = 500;

/** Reads it from the task's steps and values; its templates may have any name. */
export function subjectOf({ spec }: ScaffolderTask): TaskSubject | undefined {
  const kind = kindOf(spec.steps.map(({ action }) => action));
  const { component, environment, version } = spec.parameters;
  if (kind === undefined || typeof component !== 'string') return undefined;
  return {
    component: refOf(component),
    kind,
    ...(typeof environment === 'string' && { environment }),
    ...(typeof version === 'string' && { version }),
  };
}

function refOf(component: string): string {
  try {
    return toComponentRef(component);
  } catch {
    return component;
  }
}

function kindOf(actions: readonly string[]): DeliveryRun['kind'] | undefined {
  if (actions.includes('dojo:check-service')) return 'service';
  if (actions.includes('dojo:check-shipment')) return 'shipment';
  if (actions.includes('dojo:deploy-overlay')) return 'deployment';
  if (actions.includes('dojo:migrate')) return 'migration';
  if (actions.includes('dojo:release')) return 'release';
  return undefined;
}

/** A task that has not ended. @param stepId - of the last line of its log */
export function toRun(
  task: ScaffolderTask,
  subject: TaskSubject,
  stepId: string | undefined,
): DeliveryRun {
  const { kind, environment, version } = subject;
  const step = task.spec.steps.find(({ id }) => id === stepId)?.name;
  const by = startedBy(task);
  return {
    id: `task:${task.id}`,
    kind,
    via: by === undefined ? 'api' : 'page',
    startedAt: new Date(task.createdAt).toISOString(),
    url: `/create/tasks/${encodeURIComponent(task.id)}`,
    ...(by && { by }),
    ...(environment !== undefined && { environment }),
    ...(version !== undefined && { version }),
    ...(step !== undefined && { step }),
  };
}

/** A task that ended with an error. @param message - of its end */
export function toFailedRun(
  task: ScaffolderTask,
  subject: TaskSubject,
  message: string,
): FailedRun {
  const { kind, environment } = subject;
  const by = startedBy(task);
  const [, sentence = message, code] = codePattern.exec(message) ?? [];
  return {
    id: `task:${task.id}`,
    at: new Date(task.lastHeartbeatAt ?? task.createdAt).toISOString(),
    verb: kind,
    error: {
      message: sentence.slice(0, maxMessage),
      ...(code !== undefined && { code }),
    },
    ...(by && { by }),
    ...(environment !== undefined && { environment }),
  };
}

/** A person; a service that started it is none. */
function startedBy({ spec }: ScaffolderTask): DeliveryPerson | undefined {
  const { ref, entity } = spec.user ?? {};
  if (ref === undefined) return undefined;
  const title = entity?.spec.profile?.displayName ?? entity?.metadata.title;
  return { ref, name: title ?? ref.replace(/^.*[:/]/, '') };
}
