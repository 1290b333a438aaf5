import type { ContainerState, ContainerStatus, Pod } from './pod';
import { toPodStatus } from './pod-status';

const now = '2026-11-29T12:00:00Z';
const running: ContainerState = { running: { startedAt: now } };
const waiting: ContainerState = { waiting: { reason: 'ContainerCreating' } };
const toEnd = (exitCode: number): ContainerState => ({
  terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' },
});

function toStatus(
  state: ContainerState,
  more: Partial<ContainerStatus> = {},
): ContainerStatus {
  return {
    name: 'main',
    image: 'app:1',
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state,
    lastState: {},
    ...more,
  };
}

function phaseOf(
  restartPolicy: string,
  main: readonly ContainerStatus[],
  more: { isInitialized?: boolean; ended?: { reason?: string } } = {},
): unknown {
  const pod: Pod = {
    metadata: { name: 'p', uid: 'u', resourceVersion: '1', generation: 1 },
    spec: { restartPolicy, containers: [] },
  };
  const report = { isInitialized: true, hasSandbox: true, init: [], ...more };
  const status = toPodStatus({ pod, startTime: now, now, main, ...report });
  return (status as { phase: string }).phase;
}

describe('toPodStatus', () => {
  it.each([
    ['Always', [waiting], 'Pending'],
    ['Always', [running, waiting], 'Pending'],
    ['Always', [running], 'Running'],
    // It will be started again.
    ['Always', [toEnd(0)], 'Running'],
    ['OnFailure', [toEnd(1)], 'Running'],
    ['OnFailure', [toEnd(0)], 'Succeeded'],
    ['OnFailure', [toEnd(0), running], 'Running'],
    ['Never', [toEnd(0), toEnd(0)], 'Succeeded'],
    ['Never', [toEnd(0), toEnd(2)], 'Failed'],
    ['Never', [toEnd(2), running], 'Running'],
  ])('calls a pod with policy %s and %j %s', (policy, states, expected) => {
    expect(
      phaseOf(
        policy,
        states.map(state => toStatus(state)),
      ),
    ).toBe(expected);
  });

  it('calls a pod running whose container waits to be started again', () => {
    const back = { waiting: { reason: 'CrashLoopBackOff' } };
    const main = [toStatus(back, { lastState: toEnd(1), restartCount: 2 })];
    expect(phaseOf('Always', main)).toBe('Running');
  });

  it('ends a pod that is deleted, by how its containers ended', () => {
    expect(phaseOf('Always', [toStatus(toEnd(0))], { ended: {} })).toBe(
      'Succeeded',
    );
    expect(phaseOf('Always', [toStatus(toEnd(143))], { ended: {} })).toBe(
      'Failed',
    );
    expect(phaseOf('Always', [toStatus(waiting)], { ended: {} })).toBe(
      'Failed',
    );
    const ended = { reason: 'DeadlineExceeded' };
    expect(phaseOf('Always', [toStatus(toEnd(0))], { ended })).toBe('Failed');
  });
});
