import { DojoError } from 'backstage-plugin-dojo-common';
import { DeployWorld, image } from './__testUtils__/deploy-world';
import { requestBody } from './request-body';

const branch = 'dojo/ledger/dev';

describe('deploy, in mode pull-request on a forge', () => {
  let world: DeployWorld;
  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
  });
  const ask = (version: string, more: object = {}, dryRun = false) =>
    world.run(
      {
        version,
        image,
        mode: 'pull-request',
        infra: 'https://forge.example.test/acme/infra.git',
        ...more,
      },
      { dryRun },
    );

  it('opens one request, which is left as it is the second time', async () => {
    const asked = await ask('v2.0.0');
    expect(asked).toMatchObject({
      outcome: 'requested',
      pullRequestUrl: 'https://git.example.test/acme/infra/pull/1',
      commit: world.infra.branches.get(branch),
      effects: [
        { kind: 'done', key: `request ${branch}` },
        { kind: 'done', key: `pull request ${branch}` },
        { kind: 'waiting' },
      ],
    });
    const [made] = world.pulls.held;
    expect(made.title).toBe('deploy(ledger): dev v2.0.0');
    expect(made.body).toContain('Deployment/ledger-dev/ledger: changed');
    expect(made.body).toContain(`Dojo-Plan: ${asked.planHash}`);
    const { pushes } = world.infra;
    expect((await ask('v2.0.0', {}, true)).plan.shows).toMatchObject({
      openRequestUrl: made.url,
    });
    const again = await ask('v2.0.0');
    expect(again).toMatchObject({
      pullRequestUrl: made.url,
      effects: [
        { kind: 'already-done' },
        { kind: 'already-done' },
        { kind: 'waiting' },
      ],
    });
    expect([world.infra.pushes, world.pulls.writes]).toEqual([pushes, 1]);
  });

  it('brings the open one up to date with another plan', async () => {
    await ask('v2.0.0');
    const { planHash, pullRequestUrl } = await ask('v3.0.0');
    expect(world.pulls.held).toHaveLength(1);
    expect(world.pulls.held[0]).toMatchObject({
      url: pullRequestUrl,
      title: 'deploy(ledger): dev v3.0.0',
      body: expect.stringContaining(planHash),
    });
  });

  it('makes a new one of those that were closed', async () => {
    await ask('v2.0.0');
    world.pulls.end(1, 'closed');
    const planned = await ask('v2.0.0', {}, true);
    expect(planned.plan.shows.openRequestUrl).toBeUndefined();
    const { pullRequestUrl } = await ask('v2.0.0');
    expect(world.pulls.held.map(({ state }) => state)).toEqual([
      'closed',
      'open',
    ]);
    expect(pullRequestUrl).toContain('/pull/2');
  });

  it('is settled by the merge, and recognises it while the branch is late', async () => {
    const { commit, planHash } = await ask('v2.0.0');
    world.pulls.end(1, 'merged');
    expect(await ask('v2.0.0')).toMatchObject({
      outcome: 'requested',
      pullRequestUrl: expect.stringContaining('/pull/1'),
    });
    world.infra.branches.set('main', commit!);
    expect((await ask('v2.0.0')).outcome).toBe('nothing-to-deploy');
    const again = await world.run(
      {
        version: 'v2.0.0',
        image,
        mode: 'pull-request',
        infra: 'https://forge.example.test/acme/infra.git',
      },
      { planHash },
    );
    expect(again.outcome).toBe('already-deployed');
    expect(world.pulls.held).toHaveLength(1);
  });

  it('takes a lost reply for what it is', async () => {
    world.pulls.afterWrite = () => {
      throw new Error('cut');
    };
    const asked = await ask('v2.0.0');
    expect(asked).toMatchObject({
      outcome: 'requested',
      pullRequestUrl: expect.stringContaining('/pull/1'),
    });
    expect(world.pulls.held).toHaveLength(1);
  });

  it('opens one request for many at once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => ask('v2.0.0')));
    expect(results.map(({ outcome }) => outcome)).toContain('requested');
    expect((await ask('v2.0.0')).outcome).toBe('requested');
    expect(world.pulls.held).toHaveLength(1);
  });

  it.each([
    ['enforced', [], /refuses without a review/],
    ['not-enforced', [/takes changes without a review/], /^Wait for the merge/],
    ['unknown', [/is not known/], /^Wait for the merge/],
  ] as const)(
    'says where a review is %s, and decides nothing by it',
    async (review, warnings, wait) => {
      const { planHash } = await ask('v2.0.0', {}, true);
      world.pulls.review = review;
      const { plan, planHash: now } = await ask('v2.0.0', {}, true);
      expect(now).toBe(planHash);
      expect(plan.shows.warnings).toEqual(
        warnings.map(text => expect.stringMatching(text)),
      );
      expect(plan.shows.effects.map(({ text }) => text)).toEqual([
        expect.stringContaining('Push one commit'),
        `Open a pull request from ${branch} to main, or bring the open one up to date`,
        expect.stringMatching(wait),
      ]);
      expect(world.pulls.held).toEqual([]);
    },
  );

  it('writes nothing where the token may not', async () => {
    world.pulls.verifyAccess = async () => {
      throw new Error('no token');
    };
    const { pushes } = world.infra;
    await expect(ask('v2.0.0')).rejects.toThrow('no token');
    expect(world.infra.pushes).toBe(pushes);
    expect((await ask('v2.0.0', {}, true)).outcome).toBe('planned');
  });

  it('plans without the page of the request where the forge does not answer', async () => {
    await ask('v2.0.0');
    world.pulls.findOpen = async () => {
      throw new DojoError({
        code: 'FORGE_UNAVAILABLE',
        kind: 'unavailable',
        message: 'nobody answers',
      });
    };
    const { outcome, plan } = await ask('v2.0.0', {}, true);
    expect([outcome, plan.shows.openRequestUrl]).toEqual([
      'planned',
      undefined,
    ]);
  });
});

describe('requestBody', () => {
  const bodyOf = async (change: (text: string) => string) => {
    const world = new DeployWorld();
    await world.first();
    const { plan } = await world.run(
      { version: 'v2.0.0', image },
      { dryRun: true },
    );
    const [object] = plan.shows.objects;
    return requestBody(
      {
        ...plan,
        shows: {
          ...plan.shows,
          objects: Array.from({ length: 3_000 }, (_, at) => ({
            ...object,
            object: { ...object.object, name: change(`ledger-${at}`) },
          })),
        },
      },
      { planHash: 'f'.repeat(64), requester: 'user:default/ada @all [x](y)' },
    );
  };

  it('has whole objects and then their count, below 60,000 characters', async () => {
    const body = await bodyOf(name => name);
    expect(body.length).toBeLessThan(60_000);
    expect(body.length).toBeGreaterThan(50_000);
    expect(body).toMatch(/… and \d+ more objects\n```\n/);
    expect(body).toContain(`Dojo-Plan: ${'f'.repeat(64)}`);
  });

  it('lets no text out of its fence, and nobody be mentioned', async () => {
    const body = await bodyOf(name => `${name}\`\`\`\`\n@all`);
    expect(body).toMatch(/\n`{5}\n/);
    expect(body.split(/\n`{5}\n/)[0]).not.toMatch(/@all|\[x\]\(y\)/);
  });
});
