import type {
  LogEvent,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-common';

export const taskId = '11111111-2222-4333-8444-555555555555';
export const planHash = 'b'.repeat(64);

/** A deployment of the ledger to production that owner asked for. */
export function deploymentTask(
  status: ScaffolderTask['status'],
  parameters: object = {},
): ScaffolderTask {
  return {
    id: taskId,
    status,
    createdAt: '2026-11-30T11:59:00.000Z',
    lastHeartbeatAt: '2026-11-30T12:00:00.000Z',
    spec: {
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      parameters: {
        component: 'component:default/ledger',
        environment: 'production',
        review: { planHash },
        ...parameters,
      },
      steps: [{ id: 'deploy', name: 'Deploy', action: 'dojo:deploy-overlay' }],
      user: { ref: 'user:default/owner' },
    } as unknown as ScaffolderTask['spec'],
  };
}

export function logLine(id: number, message: string): LogEvent {
  return {
    id,
    taskId,
    type: 'log',
    createdAt: '2026-11-30T11:59:30.000Z',
    body: { message, stepId: 'deploy' },
  };
}

/** The scaffolder's last event of a task. */
export function completion(id: number, body: object): LogEvent {
  return {
    id,
    taskId,
    type: 'completion',
    createdAt: '2026-11-30T12:00:00.000Z',
    body: body as LogEvent['body'],
  };
}
