import type { CacheService } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError } from 'backstage-plugin-dojo-common';
import { planHash } from './__testUtils__/tasks';
import { ReviewedPlans } from './ReviewedPlans';
import type { ShownPlan, StartRunRequest } from './Runs';

const credentials = mockCredentials.user('user:default/owner');
const ref = 'component:default/ledger';
const base = '4'.repeat(40);
const release: StartRunRequest = { verb: 'release', component: ref, planHash };

describe('ReviewedPlans', () => {
  const never = () => new Promise<void>(() => {});

  function plans(
    result: object | Error,
    after: (ms: number, signal: AbortSignal) => Promise<void> = never,
    cache: Pick<CacheService, 'get' | 'set'> = mapCache(),
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
    return { plan, plans: new ReviewedPlans({ dojo, cache, after }) };
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
      cache: mapCache(),
      after: async () => {},
    });
    await expect(reviewed.check(release, { credentials })).resolves.toEqual({
      planHash,
    });
    expect(ended?.aborted).toBe(true);
  });

  describe('of a plan that was shown', () => {
    const busy = async () => {};
    const shown = (result: object) =>
      ({ verb: 'release', component: ref, result } as unknown as ShownPlan);
    const late = { planHash, version: '0.4.0', base, date: '2026-11-30' };

    it('sends what it said where planning again takes too long', async () => {
      const cache = mapCache();
      const { plans: one } = plans(released(planHash), never, cache);
      await one.keep(shown(released(planHash)));
      const { plans: other } = plans(never(), busy, cache);
      await expect(other.check(release, { credentials })).resolves.toEqual(
        late,
      );
    });

    it.each([
      ['plan', { planHash: 'c'.repeat(64) }],
      ['component', { component: 'component:default/claims' }],
    ])('sends nothing of another %s', async (_what, other) => {
      const { plans: reviewed } = plans(never(), busy);
      await reviewed.keep(shown(released(planHash)));
      const request = { ...release, ...other };
      await expect(reviewed.check(request, { credentials })).resolves.toEqual({
        planHash: request.planHash,
      });
    });

    it('does not hold for the plan of now where that is another', async () => {
      const { plans: reviewed } = plans(released('c'.repeat(64)));
      await reviewed.keep(shown(released(planHash)));
      await expect(
        reviewed.check(release, { credentials }),
      ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
    });

    it('is not needed: a cache that fails is one that is empty', async () => {
      const fails = jest.fn().mockRejectedValue(new Error('closed'));
      const { plans: reviewed } = plans(never(), busy, {
        get: fails,
        set: fails,
      });
      await reviewed.keep(shown(released(planHash)));
      await expect(reviewed.check(release, { credentials })).resolves.toEqual({
        planHash,
      });
      expect(fails).toHaveBeenCalledTimes(2);
    });
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

/** A cache that keeps its values for as long as it lives. */
function mapCache(): Pick<CacheService, 'get' | 'set'> {
  const values = new Map<string, string>();
  return {
    get: async key => {
      const value = values.get(key);
      return value === undefined ? undefined : JSON.parse(value);
    },
    set: async (key, value) => {
      values.set(key, JSON.stringify(value));
    },
  };
}
