import type { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import type { DeliveryPerson, DeliveryRun } from 'backstage-plugin-dojo-common';
import type { EndedRun, FailedRun } from 'dojo-portal-core/delivery';
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
const planHashPattern = /\b[0-9a-f]{64}\b/g;
const maxReviewText = 1_000;
/** A service is three plans; nothing has more. */
const maxPlanHashes = 8;

/** Reads it from the task's steps and values; its templates may have any name. */
export function subjectOf({ spec }: ScaffolderTask): TaskSubject | undefined {
  const kind = kindOf(spec.steps.map(({ action }) => action));
  const { component, environment } = spec.parameters;
  const version = versionIn(spec.parameters);
  if (kind === undefined || typeof component !== 'string') return undefined;
  return {
    component: refOf(component),
    kind,
    ...(typeof environment === 'string' && { environment }),
    ...(version !== undefined && { version }),
  };
}

/** As it was asked for, else as it was reviewed: a release does not name it before. */
function versionIn({
  version,
  review,
}: ScaffolderTask['spec']['parameters']): string | undefined {
  const reviewed = (review as { version?: unknown } | undefined)?.version;
  const named = [version, reviewed].find(each => typeof each === 'string');
  return named === undefined
    ? undefined
    : String(named).replace(/^v(?=\d)/, '');
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

/**
 * A task that has not ended.
 *
 * @param stepId - of the last line of its log
 * @param isByAgent - whether an agent started it, with the rights of who it says
 */
export function toRun(
  task: ScaffolderTask,
  subject: TaskSubject,
  stepId: string | undefined,
  isByAgent: boolean,
): DeliveryRun {
  const { kind, environment, version } = subject;
  const step = task.spec.steps.find(({ id }) => id === stepId)?.name;
  const by = startedBy(task);
  return {
    id: `task:${task.id}`,
    kind,
    via: viaOf(by, isByAgent),
    startedAt: new Date(task.createdAt).toISOString(),
    url: `/create/tasks/${encodeURIComponent(task.id)}`,
    ...(by && { by }),
    ...(environment !== undefined && { environment }),
    ...(version !== undefined && { version }),
    ...(step !== undefined && { step }),
  };
}

function viaOf(
  by: DeliveryPerson | undefined,
  isByAgent: boolean,
): DeliveryRun['via'] {
  if (isByAgent) return 'agent';
  return by === undefined ? 'api' : 'page';
}

/**
 * A task that ended with an error.
 *
 * @param message - of its end
 * @param isByAgent - as of {@link toRun}
 */
export function toFailedRun(
  task: ScaffolderTask,
  subject: TaskSubject,
  message: string,
  isByAgent: boolean,
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
    ...(isByAgent && { via: 'agent' }),
    ...(environment !== undefined && { environment }),
  };
}

/** A task that ended well, with the plans that were reviewed for it. @param isByAgent - as of {@link toRun} */
export function toEndedRun(task: ScaffolderTask, isByAgent: boolean): EndedRun {
  const { review } = task.spec.parameters;
  const texts = Object.values((review ?? {}) as object).filter(
    value => typeof value === 'string',
  );
  const planHashes = texts.flatMap(
    (text: string) => text.slice(0, maxReviewText).match(planHashPattern) ?? [],
  );
  const by = startedBy(task);
  return {
    id: `task:${task.id}`,
    planHashes: [...new Set(planHashes)].slice(0, maxPlanHashes),
    ...(by && { by }),
    ...(isByAgent && { via: 'agent' }),
  };
}

/** A person; a service that started it is none. */
function startedBy({ spec }: ScaffolderTask): DeliveryPerson | undefined {
  const { ref, entity } = spec.user ?? {};
  if (ref === undefined) return undefined;
  const title = entity?.spec.profile?.displayName ?? entity?.metadata.title;
  return { ref, name: title ?? ref.replace(/^.*[:/]/, '') };
}
