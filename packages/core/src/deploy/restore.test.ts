import { DeployWorld, image } from './__testUtils__/deploy-world';

const path = 'ledger/dev/kustomization.yaml';
const claim = 'ledger/dev/pvc.yaml';
const ingress = 'ledger/dev/ingress.yaml';
const note = 'ledger/dev/README.md';
const all = [path, claim, ingress];
const restored = { version: 'v1.0.0', image, restore: true };

describe('deploy, where an overlay that was removed is to come back', () => {
  let world: DeployWorld;
  let former: (string | undefined)[];
  const texts = () => all.map(file => world.infra.text(file));
  const remove = (...files: string[]) =>
    world.infra.commit(
      Object.fromEntries(files.map(file => [file, undefined])),
    );

  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
    world.infra.commit({
      [path]: `${world.infra.text(path)}# asked for by Ada\n`,
    });
    former = texts();
  });

  it('brings every file back as it was, what people wrote included', async () => {
    const commit = world.infra.branches.get('main')!;
    remove(...all);
    const { outcome, plan } = await world.run(restored);

    expect(outcome).toBe('deployed');
    expect(texts()).toEqual(former);
    expect(former[0]).toContain('# asked for by Ada\n');
    expect(plan.shows.reason).toMatch(
      new RegExp(
        `^ledger v1\\.0\\.0 \\(\\w+\\) comes back to dev with its former overlay, as it was at infra commit ${commit.slice(
          0,
          7,
        )}\\.$`,
      ),
    );
    expect(plan.shows).not.toHaveProperty('from');
    expect(plan.shows.diffs.map(diff => diff.path)).toEqual([
      'ledger/dev/ingress.yaml',
      'ledger/dev/kustomization.yaml',
      'ledger/dev/pvc.yaml',
    ]);
  });

  it('makes a new overlay where it is not asked for', async () => {
    remove(...all);
    await world.first();
    expect(world.infra.text(path)).not.toContain('# asked for by Ada\n');
  });

  it('brings it back with another version', async () => {
    remove(...all);
    await world.run({ ...restored, version: 'v2.0.0' });
    expect(world.infra.text(path)).toContain('# v2.0.0\n');
    expect(world.infra.text(path)).toContain('# asked for by Ada\n');
    expect(texts().slice(1)).toEqual(former.slice(1));
  });

  it('takes the newest one, whatever happened in the folder since', async () => {
    remove(...all);
    world.infra.commit({ [note]: 'moved' });
    remove(note);
    const { plan } = await world.run(restored);
    expect(texts()).toEqual(former);
    expect(world.infra.text(note)).toBeUndefined();
    expect(plan.decides.edits).toMatchObject([
      { path: ingress, created: true },
      { path, created: true },
      { path: claim, created: true },
    ]);
  });

  it('puts nothing among files that were left', async () => {
    remove(path);
    await expect(world.run(restored)).rejects.toMatchObject({
      code: 'DEPLOY_KUSTOMIZATION_MISSING',
    });
  });

  it('leaves an overlay that is there as it is', async () => {
    const { outcome } = await world.run(restored);
    expect(outcome).toBe('nothing-to-deploy');
    expect(texts()).toEqual(former);
  });

  it('refuses where there never was one', async () => {
    await expect(
      world.run({ ...restored, environment: 'staging' }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_NO_FORMER_OVERLAY',
      message:
        'ledger never had an overlay in staging, so there is none to bring back',
    });
  });

  it('refuses a host that another component has taken meanwhile', async () => {
    remove(...all);
    world.infra.commit({
      'shop/dev/kustomization.yaml': 'resources: [ingress.yaml]\n',
      'shop/dev/ingress.yaml': former[2]!.replaceAll('ledger:', 'shop:'),
    });
    await expect(world.run(restored)).rejects.toMatchObject({
      code: 'HOST_TAKEN',
    });
  });

  it('finishes a reviewed plan whose run was killed after the push', async () => {
    remove(...all);
    const { planHash } = await world.run(restored, { dryRun: true });
    const { commit } = await world.run(restored, { planHash });
    expect(await world.run(restored, { planHash })).toMatchObject({
      outcome: 'already-deployed',
      commit,
    });
  });

  it('is for a version alone', () => {
    expect(() => world.run({ restore: true, rollbackTo: 'previous' })).toThrow(
      'is for a version alone',
    );
  });
});
