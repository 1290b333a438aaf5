import { mockServices } from '@backstage/backend-test-utils';
import type { ClusterFacts, Landing } from 'dojo-portal-core/delivery';
import { OutcomeNoter } from './OutcomeNoter';

const digest = `sha256:${'a'.repeat(64)}`;
const landing: Landing = {
  commit: 'c1',
  environment: 'staging',
  at: '2026-11-29T12:00:00.000Z',
  base: 'b1',
  digest,
};
const healthy: ClusterFacts = {
  running: { kind: 'version', digest, since: landing.at, ready: 1, of: 1 },
  health: { kind: 'healthy', since: landing.at },
  drift: { kind: 'none' },
};

function setup(answer: () => Promise<string | undefined>) {
  let now = Date.parse(landing.at) + 60_000;
  const noteOutcome = jest.fn(answer);
  const logger = mockServices.logger.mock();
  const noter = new OutcomeNoter({
    landingOf: (component, environment) =>
      component === 'ledger' && environment === 'staging'
        ? { infra: 'file:infra.git', landing }
        : undefined,
    readers: { noteOutcome },
    clock: { now: () => new Date(now) },
    logger,
    signal: new AbortController().signal,
  });
  return {
    noter,
    noteOutcome,
    logger,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('OutcomeNoter', () => {
  it('notes an end once, at the landing, for its folder', async () => {
    const { noter, noteOutcome } = setup(async () => undefined);
    noter.seen('shop', 'staging', healthy);
    noter.seen('ledger', 'staging', healthy);
    noter.seen('ledger', 'staging', healthy);
    await noter.idle();
    expect(noteOutcome.mock.calls).toEqual([
      [
        'file:infra.git',
        {
          commit: 'c1',
          folder: 'ledger/staging',
          outcome: 'healthy',
          at: new Date(landing.at),
        },
        expect.any(AbortSignal),
      ],
    ]);
  });

  it.each([
    ['says why not', async () => 'a hook says no'],
    [
      'cannot be reached',
      async () => Promise.reject(new Error('a hook says no')),
    ],
  ])(
    'tries again ten minutes later where the repository %s',
    async (_, answer) => {
      const { noter, noteOutcome, logger, pass } = setup(answer);
      for (const milliseconds of [0, 599_999, 1]) {
        pass(milliseconds);
        noter.seen('ledger', 'staging', healthy);
        await noter.idle();
      }
      expect(noteOutcome).toHaveBeenCalledTimes(2);
      expect(logger.warn).toHaveBeenCalledWith(
        'How a rollout ended could not be noted: a hook says no',
      );
    },
  );
});
