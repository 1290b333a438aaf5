import type { DeploymentRequestInput } from 'backstage-plugin-dojo-common';
import {
  DeployWorld,
  commitOf,
  digestOf,
  image,
} from './__testUtils__/deploy-world';

const plan = 'c'.repeat(64);
const zeros = '0'.repeat(40);
const head = commitOf('v4.0.0');
const made = commitOf('made');
const folder = 'deploy/k8s/base';
const path = 'ledger/dev/kustomization.yaml';
const wish = { version: 'v4.0.0', image, afterRelease: plan };
const awaited = {
  head,
  edits: ['VERSION', 'CHANGELOG.md'],
  image: { repository: image, tag: '4.0.0', digest: digestOf('4.0.0') },
};

describe('deploy, on top of a release to come', () => {
  let world: DeployWorld;
  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
  });
  const text = () => world.infra.text(path) ?? '';
  const planAhead = (more: Partial<DeploymentRequestInput> = {}) =>
    world.run({ ...wish, awaited, ...more }, { dryRun: true });
  /** The base at the head is v4.0.0's, and so is that of the commit that a release makes of it. */
  const release = (by = plan) => {
    world.tags.set('v4.0.0', head);
    world.commits.set(head, `chore(release): 4.0.0\n\nDojo-Plan: ${by}\n`);
    world.images.set('4.0.0', digestOf('4.0.0'));
  };

  it('plans it before its tag and its image are there, and writes nothing', async () => {
    const ahead = await planAhead();
    expect(ahead).toMatchObject({ outcome: 'planned', baseSha: zeros });
    expect(ahead.plan.decides).toMatchObject({
      version: {
        tag: 'v4.0.0',
        commit: zeros,
        images: [{ digest: digestOf('4.0.0') }],
      },
      release: { plan },
    });
    expect(ahead.plan.shows.reason).toBe(
      'ledger in dev goes from v1.0.0 (76312e3) to v4.0.0 (not released yet).',
    );
    expect(ahead.plan.shows.objects).toMatchObject([
      { object: { kind: 'Deployment' }, change: 'changed' },
    ]);
    expect(world.infra.pushes).toBe(1);
  });

  it('runs what was reviewed once it is made, under the hash that was reviewed', async () => {
    const ahead = await planAhead();
    release();
    const run = await world.run(wish, { planHash: ahead.planHash });
    expect(run).toMatchObject({
      outcome: 'deployed',
      planHash: ahead.planHash,
      baseSha: head,
      imageDigest: digestOf('4.0.0'),
    });
    expect(text()).toContain(`?ref=${head} # v4.0.0\n`);
    expect(text()).not.toContain(`?ref=${zeros}`);
    expect(world.infra.messages()[0]).toContain(`Dojo-Plan: ${ahead.planHash}`);
    expect(run.plan.shows.objects).toEqual(ahead.plan.shows.objects);

    const again = await world.run(wish, { planHash: ahead.planHash });
    expect(again).toMatchObject({ outcome: 'already-deployed', effects: [] });
    expect(world.infra.pushes).toBe(2);
  });

  it('has one hash for one wish, whatever commit the release makes', async () => {
    const ahead = await planAhead();
    world.tags.set('v4.0.0', made);
    world.commits.set(made, `x\n\nDojo-Plan: ${plan}\n`);
    world.images.set('4.0.0', digestOf('4.0.0'));
    const after = await world.run(wish, { dryRun: true });
    expect(after.planHash).toBe(ahead.planHash);
    expect(after.plan.decides.version?.commit).toBe(made);
  });

  it('refuses a version that another release made', async () => {
    const ahead = await planAhead();
    release('d'.repeat(64));
    const pushes = world.infra.pushes;
    await expect(
      world.run(wish, { planHash: ahead.planHash }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_RELEASE_OTHER',
      message:
        'tag v4.0.0 (commit 76342e3) was not made by the release that was reviewed',
    });
    expect(world.infra.pushes).toBe(pushes);
  });

  it.each([
    [
      'the image is another one',
      () => world.images.set('4.0.0', digestOf('4.0.1')),
    ],
    [
      'the overlay was changed by hand',
      () => world.infra.commit({ [path]: `${text()}# by hand\n` }),
    ],
  ])('does not run where %s than reviewed', async (_, change) => {
    const ahead = await planAhead();
    release();
    change();
    await expect(
      world.run(wish, { planHash: ahead.planHash }),
    ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
  });

  it('has another hash on top of another release, and on top of none', async () => {
    const ahead = await planAhead();
    const other = await planAhead({ afterRelease: 'e'.repeat(64) });
    release();
    const { afterRelease, ...alone } = wish;
    const none = await world.run(alone, { dryRun: true });
    const hashes = [ahead, other, none].map(({ planHash }) => planHash);
    expect(new Set(hashes).size).toBe(3);
  });

  it('refuses a release that changes what the base is made of', async () => {
    const edits = [`${folder}/deployment.yaml`];
    await expect(
      planAhead({ awaited: { ...awaited, edits } }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_RELEASE_CHANGES_BASE',
      message: expect.stringContaining(`${folder}/deployment.yaml`),
    });
  });

  it('plans an image that a release still has to promote, for a tag that is there', async () => {
    world.tags.set('v4.0.0', head);
    const { afterRelease, ...alone } = wish;
    await expect(world.run(alone, { dryRun: true })).rejects.toMatchObject({
      code: 'DEPLOY_IMAGE_MISSING',
    });
    const ahead = await world.run(
      { ...alone, awaited: { image: awaited.image } },
      { dryRun: true },
    );
    world.images.set('4.0.0', digestOf('4.0.0'));
    const run = await world.run(alone, { planHash: ahead.planHash });
    expect(run.outcome).toBe('deployed');
  });

  it('never runs what is only planned', async () => {
    await expect(world.run({ ...wish, awaited })).rejects.toMatchObject({
      code: 'DEPLOY_VERSION_UNKNOWN',
    });
  });

  it.each([
    [{ promoteFrom: 'staging', afterRelease: plan }, 'for a version alone'],
    [{ version: 'v4.0.0', awaited }, 'is needed with awaited.head'],
  ])('takes no %j', async (request, problem) => {
    await expect(async () => world.run(request)).rejects.toThrow(problem);
  });
});
