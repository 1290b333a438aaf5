import { mockCredentials } from '@backstage/backend-test-utils';
import type { RejectionResult } from 'backstage-plugin-dojo-common';
import { namesOf, stepOf } from '../__testUtils__/stepOf';
import { createRejectAction } from './reject';

const asked = {
  component: 'component:default/ledger',
  version: 'v0.4.1',
  reason: 'wrong time zone value',
};
const result = (outcome: RejectionResult['outcome']): RejectionResult => ({
  outcome,
  commit: 'c1',
  rejection: {
    version: 'v0.4.1',
    by: 'user:default/mock',
    at: '2026-11-29T12:00:00.000Z',
    reason: asked.reason,
  },
});

function setup() {
  const rejections = {
    plan: jest.fn(async () => result('planned')),
    reject: jest.fn(async () => result('rejected')),
  };
  const action = createRejectAction({ dojo: { rejections } });
  return { rejections, action, ...stepOf(action) };
}

describe('dojo:reject', () => {
  it('rejects as the initiator, can be cancelled, and says what it did', async () => {
    const { rejections, logger, run } = setup();
    const { signal } = new AbortController();
    const { output } = await run(asked, { signal });
    expect(rejections.reject).toHaveBeenCalledWith(asked, {
      credentials: mockCredentials.user(),
      signal,
    });
    expect(rejections.plan).not.toHaveBeenCalled();
    expect(output).toEqual({
      ...result('rejected'),
      summary: expect.stringMatching(/^ledger v0\.4\.1 was rejected: /),
    });
    expect(logger.info).toHaveBeenCalledWith(output.summary);
  });

  it.each([
    ['its own dry run', { ...asked, dryRun: true }, {}],
    ["the scaffolder's", asked, { isDryRun: true }],
  ])('only plans in %s', async (_, input, context) => {
    const { rejections, run } = setup();
    const { output } = await run(input, context);
    expect(rejections.reject).not.toHaveBeenCalled();
    expect(output).toMatchObject({ outcome: 'planned' });
  });

  it('takes no reason that says nothing', async () => {
    const { rejections, run } = setup();
    const { error } = await run({ ...asked, reason: '  ' });
    expect(String(error)).toMatch(/reason: say in a sentence/);
    expect(rejections.reject).not.toHaveBeenCalled();
  });

  it('describes its inputs', () => {
    const { inputs, undescribed } = namesOf(setup().action);
    expect(inputs).toEqual(['component', 'dryRun', 'reason', 'version']);
    expect(undescribed).toEqual([]);
  });
});
