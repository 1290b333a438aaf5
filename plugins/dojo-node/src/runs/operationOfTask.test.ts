import { agentOperationSchema } from 'backstage-plugin-dojo-common';
import { completion, deploymentTask, logLine } from './__testUtils__/tasks';
import { asksForMerge, operationOfTask, TaskReading } from './operationOfTask';

const url = 'http://localhost/create/tasks/1';
const requested = {
  message: 'Run completed with status: completed',
  output: {
    outcome: 'requested',
    text: [
      { content: 'Branch `dojo/ledger/production` asks for it.\n\nMore.' },
    ],
  },
};

function read(reading: Partial<TaskReading>) {
  const operation = operationOfTask({
    task: deploymentTask('processing'),
    events: [],
    after: 0,
    url,
    ...reading,
  });
  return agentOperationSchema.parse(operation);
}

describe('operationOfTask', () => {
  it('tells what runs, with the lines that were not told', () => {
    const events = [logLine(7, 'one'), logLine(8, 'two')];
    expect(read({ events, after: 7 })).toEqual({
      id: 'task:11111111-2222-4333-8444-555555555555',
      kind: 'deployment',
      component: 'component:default/ledger',
      environment: 'production',
      state: 'running',
      sentence: 'The deployment is running: Deploy.',
      step: 'Deploy',
      lines: ['two'],
      next: 8,
      url,
      pollAfterMs: 1_000,
    });
    expect(read({ task: deploymentTask('open') })).toMatchObject({
      state: 'queued',
      sentence: 'The deployment waits for its turn.',
      next: 0,
    });
  });

  it('gives fifty lines at once, and where to go on', () => {
    const events = Array.from({ length: 70 }, (_, index) =>
      logLine(index + 1, 'x'.repeat(600)),
    );
    const { lines, next } = read({ events });
    expect(lines).toHaveLength(50);
    expect(lines[0]).toHaveLength(500);
    expect(next).toBe(50);
    expect(read({ events, after: next }).lines).toHaveLength(20);
  });

  it('tells the first sentence of what it brought', () => {
    const events = [
      completion(9, {
        output: { text: [{ content: 'ledger 0.4.0 is in dev.\n\nMore.' }] },
      }),
    ];
    expect(read({ task: deploymentTask('completed'), events })).toMatchObject({
      state: 'succeeded',
      sentence: 'ledger 0.4.0 is in dev.',
      result: 'ledger 0.4.0 is in dev.\n\nMore.',
      pollAfterMs: 0,
    });
  });

  it('tells why it failed, with the code', () => {
    const events = [
      completion(9, {
        error: {
          message:
            'ConflictError: main moved from a41d9e2 to 0c3f77b since your review (PLAN_CHANGED) — Review again.',
        },
      }),
    ];
    expect(read({ task: deploymentTask('failed'), events })).toMatchObject({
      state: 'failed',
      sentence: 'main moved from a41d9e2 to 0c3f77b since your review',
      error: { code: 'PLAN_CHANGED' },
    });
  });

  it('waits for a merge, and says what became of it', () => {
    const events = [completion(9, requested)];
    const task = deploymentTask('completed');
    expect(asksForMerge(events)).toBe(true);
    expect(
      read({
        task,
        events,
        change: {
          kind: 'waiting',
          by: 'somebody other than owner',
          url: 'https://forge.test/1',
        },
      }),
    ).toMatchObject({
      state: 'waiting',
      sentence: 'Waits for a merge by somebody other than owner',
      waitingFor: {
        kind: 'merge',
        by: 'somebody other than owner',
        url: 'https://forge.test/1',
      },
      pollAfterMs: 30_000,
    });
    const sentence = '0.4.0 landed in production, merged by developer.';
    expect(
      read({ task, events, change: { kind: 'landed', sentence } }),
    ).toMatchObject({ state: 'succeeded', sentence });
    expect(read({ task, events, change: { kind: 'closed' } })).toMatchObject({
      state: 'cancelled',
      pollAfterMs: 0,
    });
  });

  it('does not tell of tasks of others', () => {
    const task = deploymentTask('completed', { component: 7 });
    expect(operationOfTask({ task, events: [], after: 0, url })).toBe(
      undefined,
    );
  });
});
