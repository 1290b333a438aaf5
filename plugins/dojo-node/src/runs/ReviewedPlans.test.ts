import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError } from 'backstage-plugin-dojo-common';
import { planHash } from './__testUtils__/tasks';
import { ReviewedPlans } from './ReviewedPlans';
import type { StartRunRequest } from './Runs';

const credentials = mockCredentials.user('user:default/owner');
const ref = 'component:default/ledger';
const base = '4'.repeat(40);
const release: StartRunRequest = { verb: 'release', component: ref, planHash };

describe('ReviewedPlans', () => {
  const never = () => new Promise<void>(() => {});

  function plans(
    result: object | Error,
    after: (ms: number, signal: AbortSignal) => Promise<void> = never,
  ) {
    const plan = jest.fn(async () => {
      if (result instanceof Error) throw result;
      return result;
    });
    const dojo = {
      releases: { plan },
      migrations: { plan },
      deployments: { plan },
    } as never;
    return { plan, plans: new ReviewedPlans({ dojo, after }) };
  }
  const released = (hash: string) => ({
    planHash: hash,
    version: '0.4.0',
    plan: { decides: { base, release: { date: '2026-11-30' } } },
  });

  it('gives what the form sends of its review', async () => {
    const { plans: reviewed } = plans(released(planHash));
    await expect(reviewed.check(release, { credentials })).resolves.toEqual({
      planHash,
      base,
      version: '0.4.0',
      date: '2026-11-30',
    });
  });

  it('refuses another plan than the reviewed one', async () => {
    const { plans: reviewed } = plans(released('c'.repeat(64)));
    await expect(
      reviewed.check(release, { credentials }),
    ).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
      message: 'The plan changed since your review',
    });
  });

  it('refuses what a rule holds back, in its words', async () => {
    const block = {
      code: 'DEPLOY_FROZEN',
      message: 'production is frozen until Mon 08:00',
      hint: 'Wait, or roll back.',
    };
    const { plans: reviewed } = plans({
      planHash,
      plan: { decides: {}, shows: { reason: 'Deploy', blocks: [block] } },
    });
    const deployment = {
      verb: 'deployment' as const,
      component: ref,
      environment: 'production',
      version: 'v0.4.0',
      planHash,
    };
    await expect(
      reviewed.check(deployment, { credentials }),
    ).rejects.toMatchObject({ code: 'DEPLOY_FROZEN', kind: 'refused' });
  });

  it('leaves a plan that takes long to the task, and ends its own', async () => {
    let ended: AbortSignal | undefined;
    const plan = jest.fn((_request, { signal }) => {
      ended = signal;
      return never();
    });
    const reviewed = new ReviewedPlans({
      dojo: { releases: { plan } } as never,
      after: async () => {},
    });
    await expect(reviewed.check(release, { credentials })).resolves.toEqual({
      planHash,
    });
    expect(ended?.aborted).toBe(true);
  });

  it('throws what the plan throws', async () => {
    const error = new DojoError({
      code: 'ENVIRONMENT_NOT_FOUND',
      kind: 'not-found',
      message: 'prod is not an environment here',
    });
    const { plans: reviewed } = plans(error);
    await expect(reviewed.check(release, { credentials })).rejects.toBe(error);
  });
});
