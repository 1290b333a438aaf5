import { brokenStaging } from '../__testUtils__/ledger-world';
import {
  ago,
  now,
  sampleCaller,
  sampleRules,
} from '../__testUtils__/sample-facts';
import { planActions } from '../actions/plan-actions';
import { attentionOf } from '../attention/attention-of';
import type { FailedRun } from '../facts';
import { historyOf } from '../history/history-of';
import { readState } from './delivery-state';

const failed: FailedRun = {
  id: 'task:17',
  at: ago({ minutes: 4 }),
  verb: 'deployment',
  environment: 'staging',
  error: {
    code: 'DEPLOY_ROLLOUT_FAILED',
    message: 'the rollout failed: ended with: ValueError: unknown time zone',
  },
};

describe('a run whose rollout failed', () => {
  it('is told with its landing, where it is opened, and not once more', () => {
    const history = historyOf(
      brokenStaging({ failures: [failed] }),
      sampleRules(),
    );
    expect(history.filter(({ kind }) => kind === 'failure')).toEqual([]);
    expect(history[0]).toMatchObject({
      kind: 'deployment',
      version: '0.4.1',
      run: 'task:17',
      sentence: 'staging: 0.4.1 failed: exits at start.',
    });
  });

  it.each<[string, Partial<FailedRun>]>([
    ['landed nothing', { at: ago({ days: 90 }) }],
    ['failed before its landing', { error: { message: 'refused' } }],
    ['was of another environment', { environment: 'dev' }],
  ])('is told by itself where it %s', (_, change) => {
    const history = historyOf(
      brokenStaging({ failures: [{ ...failed, ...change }] }),
      sampleRules(),
    );
    expect(history.filter(({ kind }) => kind === 'failure')).toHaveLength(1);
  });

  it.each([
    ['that failed', { failures: [failed] }],
    [
      'that still waits',
      {
        runs: [
          {
            id: 'task:17',
            kind: 'deployment' as const,
            environment: 'staging',
            via: 'page' as const,
            startedAt: ago({ minutes: 5 }),
            url: '/create/tasks/17',
          },
        ],
      },
    ],
  ])('leads what is down to the task %s', (_, facts) => {
    const rules = sampleRules();
    const state = readState(brokenStaging(facts), rules);
    const actions = planActions(state, rules, sampleCaller(), now);
    expect(attentionOf({ state, actions, logs: true, now })[0]).toMatchObject({
      code: 'CRASH_LOOP',
      run: 'task:17',
    });
  });
});
