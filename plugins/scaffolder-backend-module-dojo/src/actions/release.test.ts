import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError, ReleaseResult } from 'backstage-plugin-dojo-common';
import {
  executedRelease,
  plannedRelease,
} from 'backstage-plugin-dojo-common/testUtils';
import { DojoRunOptions, toBackstageError } from 'backstage-plugin-dojo-node';
import { namesOf, stepOf } from '../__testUtils__/stepOf';
import { createReleaseAction } from './release';

const component = 'component:default/ledger';
const { planHash } = plannedRelease();

function setup(result: ReleaseResult) {
  const releases = {
    plan: jest.fn(async () => result),
    release: jest.fn(async (_request: unknown, options: DojoRunOptions) => {
      options.log?.(`plan ${result.planHash}`);
      result.effects.forEach(outcome => options.onOutcome?.(outcome));
      return result;
    }),
  };
  const action = createReleaseAction({ dojo: { releases } });
  return { releases, action, ...stepOf(action) };
}

describe('dojo:release', () => {
  it('releases as the initiator, and can be cancelled', async () => {
    const { releases, run } = setup(executedRelease('released'));
    const { signal } = new AbortController();
    await run({ component, planHash, date: '2026-11-22' }, { signal });
    expect(releases.release).toHaveBeenCalledWith(
      {
        component,
        planHash,
        choices: expect.objectContaining({ date: '2026-11-22' }),
      },
      expect.objectContaining({ credentials: mockCredentials.user(), signal }),
    );
    expect(releases.plan).not.toHaveBeenCalled();
  });

  it('applies the defaults that the scaffolder does not', async () => {
    const { releases, run } = setup(executedRelease('released'));
    await run({ component });
    expect(releases.release).toHaveBeenCalledWith(
      {
        component,
        planHash: undefined,
        choices: {
          bump: 'auto',
          preid: 'rc',
          squash: 'title',
          changelog: 'CHANGELOG.md',
          movingTags: [],
          forgeRelease: 'auto',
        },
      },
      expect.anything(),
    );
  });

  it('outputs the whole result', async () => {
    const result = executedRelease('released', [
      { kind: 'done', key: 'refs main + v0.4.0' },
    ]);
    const { error, output } = await setup(result).run({ component });
    expect(error).toBeUndefined();
    expect(output).toEqual({ ...result, summary: expect.any(String) });
  });

  it('logs the lines of the run, one per effect', async () => {
    const { logger, run } = setup(
      executedRelease('released', [
        { kind: 'already-done', key: 'image ghcr.io/acme/ledger:0.4.0' },
        { kind: 'done', key: 'refs main + v0.4.0' },
      ]),
    );
    await run({ component });
    expect(logger.info.mock.calls).toEqual([
      [`plan ${planHash}`],
      ['already-done: image ghcr.io/acme/ledger:0.4.0'],
      ['done: refs main + v0.4.0'],
    ]);
  });

  describe('when an effect failed', () => {
    const failed = executedRelease('failed', [
      { kind: 'done', key: 'refs main + v0.4.0' },
      {
        kind: 'failed',
        key: 'release v0.4.0',
        error: {
          code: 'FORGE_DENIED',
          kind: 'denied',
          message: 'release v0.4.0 is refused by github.com',
          hint: 'Check the token of the integration.',
        },
      },
      { kind: 'not-attempted', key: 'image tags latest' },
    ]);

    it('fails the step with its sentence, after all outcomes are logged and output', async () => {
      const { logger, run } = setup(failed);
      const { error, output } = await run({ component });
      expect(error).toMatchObject({
        name: 'NotAllowedError',
        message:
          'release v0.4.0 is refused by github.com (FORGE_DENIED) — Check the token of the integration.',
      });
      expect(output).toEqual({
        ...failed,
        summary: 'The release of ledger 0.4.0 is not finished: run it again.',
      });
      expect(logger.info.mock.calls).toEqual([
        [`plan ${planHash}`],
        ['done: refs main + v0.4.0'],
        ['failed: release v0.4.0: release v0.4.0 is refused by github.com'],
        ['not-attempted: image tags latest'],
      ]);
    });
  });

  describe('when an effect is not settled yet', () => {
    it('fails the step and says to run it again', async () => {
      const { run } = setup(
        executedRelease('failed', [
          { kind: 'waiting', key: 'image', detail: 'it is being built' },
        ]),
      );
      const { error } = await run({ component });
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining(
          'image is not settled yet: it is being built (EFFECT_WAITING) — Run it again later',
        ),
      });
    });
  });

  describe.each([
    ['input.dryRun', { dryRun: true }, {}],
    ["the scaffolder's dry run", {}, { isDryRun: true }],
  ])('when it is %s', (_name, input, context) => {
    it('plans, says what it would do, and releases nothing', async () => {
      const planned = plannedRelease();
      const { releases, logger, run } = setup(planned);
      const { error, output } = await run({ component, ...input }, context);
      expect(error).toBeUndefined();
      expect(output).toEqual({
        ...planned,
        summary:
          'Dry run: ledger 0.4.0 would be released as tag `v0.4.0`. Nothing was written.',
      });
      expect(releases.release).not.toHaveBeenCalled();
      expect(logger.info.mock.calls).toEqual([
        ['feat asks for a minor.'],
        ['already-done: image ghcr.io/acme/ledger:0.4.0: put the manifest'],
        ['planned: refs main + v0.4.0: push commit and tag'],
      ]);
      expect(logger.warn.mock.calls).toEqual([
        ['package.json says 0.2.9; it is set to 0.4.0.'],
      ]);
    });
  });

  describe('when the input is wrong', () => {
    it('names every problem and asks nobody', async () => {
      const { releases, run } = setup(executedRelease('released'));
      const { error } = await run({
        component: '',
        bump: 'huge',
        planHash: 'latest',
        repository: 'https://evil.test/x',
      });
      expect(error).toMatchObject({ name: 'InputError' });
      for (const part of ['component', 'bump', 'planHash', "'repository'"]) {
        expect(error.message).toContain(part);
      }
      expect(releases.release).not.toHaveBeenCalled();
    });
  });

  describe('when the service refuses', () => {
    it('fails with its sentence and outputs nothing', async () => {
      const { releases, run } = setup(executedRelease('released'));
      releases.release.mockRejectedValue(
        toBackstageError(
          new DojoError({
            code: 'PLAN_CHANGED',
            kind: 'conflict',
            message: 'the plan is another one now',
            hint: 'Review it again.',
          }),
        ),
      );
      const { error, output } = await run({ component, planHash });
      expect(error).toMatchObject({
        name: 'ConflictError',
        message:
          'the plan is another one now (PLAN_CHANGED) — Review it again.',
      });
      expect(output).toEqual({});
    });
  });

  it('describes every input, and lists its outputs', () => {
    const { action } = setup(executedRelease('released'));
    expect(namesOf(action)).toEqual({
      inputs: [
        'branch',
        'bump',
        'changelog',
        'component',
        'date',
        'dryRun',
        'forgeRelease',
        'movingTags',
        'planHash',
        'preid',
        'reviewedAt',
        'sourceTag',
        'squash',
        'versionFiles',
      ],
      undescribed: [],
      outputs: [
        'outcome',
        'version',
        'previousVersion',
        'tag',
        'commit',
        'imageDigest',
        'notes',
        'releaseUrl',
        'planHash',
        'plan',
        'effects',
        'summary',
      ],
    });
    expect(action.supportsDryRun).toBe(true);
  });
});
