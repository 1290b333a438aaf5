import type { DeploymentResult } from 'backstage-plugin-dojo-common';
import { DeployWorld, image } from './__testUtils__/deploy-world';
import { closeRequest } from './close-request';

const { signal } = new AbortController();
const branch = 'dojo/ledger/dev';

describe('closeRequest', () => {
  let world: DeployWorld;
  let asked: DeploymentResult;
  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
    asked = await world.run({
      version: 'v2.0.0',
      image,
      mode: 'pull-request',
    });
  });
  const close = (planHash = asked.planHash) =>
    closeRequest(
      {
        component: 'ledger',
        environment: 'dev',
        infra: 'file:infra.git',
        planHash,
      },
      world.ports,
      { signal },
    );

  it('removes the branch, and touches nothing else; a second time there is nothing to do', async () => {
    const head = world.infra.branches.get('main');
    expect(await close()).toMatchObject({
      outcome: 'closed',
      version: 'v2.0.0',
      requestBranch: branch,
      effects: [{ kind: 'done', key: `request ${branch}` }],
    });
    expect(world.infra.branches.has(branch)).toBe(false);
    expect(world.infra.branches.get('main')).toBe(head);
    expect(await close()).toMatchObject({
      outcome: 'closed',
      effects: [{ kind: 'already-done' }],
    });
  });

  it('takes back one that does not fit the overlay any more', async () => {
    world.infra.commit({ 'ledger/dev/notes.md': 'changed meanwhile\n' });
    expect((await close()).outcome).toBe('closed');
    expect(world.infra.branches.has(branch)).toBe(false);
  });

  it('leaves another change than the one that was looked at', async () => {
    const { planHash } = asked;
    await world.run({ version: 'v3.0.0', image, mode: 'pull-request' });
    const tip = world.infra.branches.get(branch);
    await expect(close(planHash)).rejects.toMatchObject({
      code: 'PLAN_CHANGED',
    });
    expect(world.infra.branches.get(branch)).toBe(tip);
  });

  it('leaves a branch that no run of ours made', async () => {
    const main = world.infra.branches.get('main')!;
    world.infra.branches.set(branch, main);
    await expect(close('f'.repeat(64))).rejects.toMatchObject({
      code: expect.stringMatching(/PLAN_CHANGED|DEPLOY_REQUEST_UNKNOWN/),
    });
    expect(world.infra.branches.get(branch)).toBe(main);
  });

  it('closes once where several ask at once', async () => {
    const results = await Promise.all([close(), close()]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['closed', 'closed']);
    expect(world.infra.branches.has(branch)).toBe(false);
  });
});
