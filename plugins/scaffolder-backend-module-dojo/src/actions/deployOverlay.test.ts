import { mockCredentials } from '@backstage/backend-test-utils';
import { DeploymentResult, DojoError } from 'backstage-plugin-dojo-common';
import {
  executedDeployment,
  failedRollout,
  frozenDeployment,
  plannedDeployment,
  refusedDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import { DojoRunOptions, toBackstageError } from 'backstage-plugin-dojo-node';
import { namesOf, stepOf } from '../__testUtils__/stepOf';
import { createDeployOverlayAction } from './deployOverlay';

const subject = { component: 'component:default/ledger', environment: 'dev' };
const input = { ...subject, version: 'v0.3.0' };
const { planHash } = plannedDeployment();

function setup(result: DeploymentResult) {
  const deployments = {
    plan: jest.fn(async () => result),
    deploy: jest.fn(async (_request: unknown, options: DojoRunOptions) => {
      options.log?.('plan 5e0b17fa');
      options.onOutcome?.({ kind: 'done', key: 'overlay ledger/dev on main' });
      return result;
    }),
  };
  const action = createDeployOverlayAction({ dojo: { deployments } });
  return { deployments, action, ...stepOf(action) };
}

/** What the action outputs beside the result itself. */
const beside = ({ plan }: DeploymentResult) => ({
  diff: plan.shows.diffs,
  objects: plan.shows.objects,
  summary: expect.any(String),
});

describe('dojo:deploy-overlay', () => {
  it('deploys as the initiator, and can be cancelled', async () => {
    const { deployments, logger, run } = setup(executedDeployment());
    const { signal } = new AbortController();
    const storage = { size: '1Gi' };
    await run({ ...input, planHash, storage, mode: 'commit' }, { signal });
    expect(deployments.deploy).toHaveBeenCalledWith(
      {
        ...subject,
        planHash,
        choices: { version: 'v0.3.0', storage, mode: 'commit' },
      },
      expect.objectContaining({ credentials: mockCredentials.user(), signal }),
    );
    expect(deployments.plan).not.toHaveBeenCalled();
    expect(logger.info.mock.calls).toEqual([
      ['plan 5e0b17fa'],
      ['done: overlay ledger/dev on main'],
    ]);
  });

  it('outputs the whole result, with the changes beside it', async () => {
    const result = executedDeployment();
    const { error, output } = await setup(result).run(input);
    expect(error).toBeUndefined();
    expect(output).toEqual({ ...result, ...beside(result) });
  });

  describe.each([
    ['dryRun', { ...input, dryRun: true }, {}],
    ["the scaffolder's dry run", input, { isDryRun: true }],
  ])('when it is %s', (_name, asked, context) => {
    it('plans, logs the plan, and writes nothing', async () => {
      const result = plannedDeployment({
        findings: refusedDeployment().plan.shows.findings.slice(0, 2),
        warnings: ['the server sends whole trees'],
      });
      const { deployments, logger, run } = setup(result);
      const { error, output } = await run(asked, context);
      expect(error).toBeUndefined();
      expect(output).toEqual({ ...result, ...beside(result) });
      expect(deployments.deploy).not.toHaveBeenCalled();
      expect(logger.info.mock.calls).toEqual([
        [result.plan.shows.reason],
        ['Deployment ledger runs ghcr.io/acme/ledger by a tag'],
        [
          'planned: overlay ledger/dev on main: Push one commit to main that changes ledger/dev',
        ],
      ]);
      expect(logger.warn.mock.calls).toEqual([
        [
          'ledger/dev/kustomization.yaml:14: Deployment ledger has 2 replicas of a single writer',
        ],
        ['the server sends whole trees'],
      ]);
    });
  });

  it('fails the dry run of what lint refuses, after all of it is logged', async () => {
    const result = refusedDeployment();
    const { logger, run } = setup(result);
    const { error, output } = await run({ ...input, dryRun: true });
    expect(error).toMatchObject({
      name: 'ConflictError',
      message:
        'ledger/dev/pvc.yaml:9: PersistentVolumeClaim dojo-data shrinks from 2Gi to 1Gi (CLAIM_SHRUNK) (DEPLOY_LINT_REFUSED) — Ask for 2Gi or more.',
      dojo: { code: 'DEPLOY_LINT_REFUSED' },
    });
    expect(output).toEqual({ ...result, ...beside(result) });
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('fails the dry run of what is frozen', async () => {
    const { error } = await setup(frozenDeployment()).run({
      ...input,
      dryRun: true,
    });
    expect(error).toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^dev is frozen until 2026-11-30T07:00:00\.000Z \(Fri 18:00 - Mon 08:00 Europe\/Rome\)/,
      ),
      dojo: { code: 'DEPLOY_FROZEN' },
    });
  });

  it('is done with a change that somebody else is to merge', async () => {
    const { error, output } = await setup({
      ...executedDeployment(),
      outcome: 'requested',
      requestBranch: 'dojo/ledger/dev',
      effects: [
        { kind: 'done', key: 'request dojo/ledger/dev' },
        {
          kind: 'waiting',
          key: 'overlay ledger/dev on main',
          detail: 'waits for the merge of dojo/ledger/dev',
        },
      ],
    }).run(input);
    expect(error).toBeUndefined();
    expect(output.summary).toMatch(/waits for its merge/);
  });

  it('fails with the sentence of the effect that failed, after its outputs', async () => {
    const failure = new DojoError({
      code: 'DEPLOY_PUSH_REFUSED',
      kind: 'refused',
      message: 'main is protected',
      hint: 'Use mode pull-request.',
    });
    const { error, output } = await setup({
      ...executedDeployment(),
      outcome: 'failed',
      effects: [
        {
          kind: 'failed',
          key: 'overlay ledger/dev on main',
          error: failure.toJSON(),
        },
      ],
    }).run(input);
    expect(error).toMatchObject({
      name: 'ConflictError',
      message:
        'main is protected (DEPLOY_PUSH_REFUSED) — Use mode pull-request.',
    });
    expect(output).toMatchObject({ outcome: 'failed' });
  });

  it('fails with the cause of a rollout, and says that the commit stays', async () => {
    const failed = failedRollout();
    const { run, logger } = setup(failed);
    const { error, output } = await run(input);
    expect(error).toMatchObject({
      message:
        'the rollout of ledger v0.3.0 failed: Pod/x: it exits with 1 (DEPLOY_ROLLOUT_FAILED) — Read its log. The overlay keeps it (commit 0c3f77b): roll back with the same form, or deploy a version that works.',
    });
    expect(output).toMatchObject({
      outcome: 'failed',
      causes: failed.causes,
      health: failed.health,
      summary: expect.stringContaining('does not run there'),
    });
    expect(logger.error.mock.calls).toEqual([
      ['Pod/ledger-dev/ledger-1: it exits with 1. Read its log.'],
    ]);
    expect(logger.info.mock.calls.slice(-2)).toEqual([
      ['  | no such table'],
      ['Deployment ledger: Failed: 0 of 1 available'],
    ]);
  });

  it('passes on what the service throws', async () => {
    const { deployments, run } = setup(executedDeployment());
    const thrown = toBackstageError(
      new DojoError({
        code: 'PLAN_CHANGED',
        kind: 'conflict',
        message: 'another plan',
      }),
    );
    deployments.deploy.mockRejectedValue(thrown);
    await expect(run(input)).resolves.toEqual({ error: thrown, output: {} });
  });

  it.each<[object, RegExp]>([
    [
      subject,
      /exactly one of version, promoteFrom, rollbackTo, prepare is needed/,
    ],
    [{ ...input, promoteFrom: 'staging' }, /exactly one of/],
    [{ ...input, infra: 'https://evil.test/x' }, /'infra'/],
    [{ ...input, planHash: 'x' }, /planHash: must be/],
    [{ ...input, host: 'not a host' }, /host: must be a host name/],
  ])('names what is wrong with %j', async (wrong, problem) => {
    const { deployments, run } = setup(executedDeployment());
    const { error } = await run(wrong);
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(problem),
    });
    expect(deployments.deploy).not.toHaveBeenCalled();
  });

  it('has the inputs and outputs of its documentation', () => {
    expect(namesOf(setup(executedDeployment()).action)).toEqual({
      inputs: [
        'afterRelease',
        'component',
        'confirmPrune',
        'conflicts',
        'dryRun',
        'environment',
        'host',
        'migrate',
        'mode',
        'onFailure',
        'planHash',
        'prepare',
        'promoteFrom',
        'prune',
        'restore',
        'reviewedAt',
        'rollbackTo',
        'storage',
        'version',
        'wait',
      ],
      undescribed: [],
      outputs: expect.arrayContaining([
        'outcome',
        'version',
        'overlayPath',
        'commit',
        'requestBranch',
        'baseSha',
        'imageDigest',
        'diff',
        'objects',
        'planHash',
        'plan',
        'effects',
        'summary',
      ]),
    });
  });
});
