import { DeployWorld, commitOf, image } from './__testUtils__/deploy-world';
import { parseFreezeWindow } from './freeze/freeze-window';

const path = 'ledger/dev/kustomization.yaml';
const claim = 'ledger/dev/pvc.yaml';
const ingress = 'ledger/dev/ingress.yaml';
const wish = {
  prepare: true,
  host: 'ledger.example.test',
  storage: { size: '1Gi' },
};

describe('deploy, where an overlay is only prepared', () => {
  let world: DeployWorld;
  beforeEach(() => {
    world = new DeployWorld();
  });
  const text = (file = path) => world.infra.text(file);

  it('makes namespace and claim by one commit, and nothing that runs', async () => {
    const result = await world.run(wish);
    expect(result).toMatchObject({
      outcome: 'deployed',
      overlayPath: 'ledger/dev',
      commit: world.infra.branches.get('main'),
      effects: [{ kind: 'done', key: 'overlay ledger/dev on main' }],
    });
    expect(result).not.toHaveProperty('version');
    expect(result).not.toHaveProperty('baseSha');
    expect(result.plan.shows).toMatchObject({
      reason:
        'ledger gets an overlay in dev without a version: nothing runs there yet.',
      findings: [],
      objects: [{ object: { kind: 'PersistentVolumeClaim' } }],
    });
    expect(text())
      .toBe(`# dojo/prepared: nothing runs here yet; the first deployment adds the version
# dojo/host: ledger.example.test
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ledger-dev
resources:
  - pvc.yaml
labels:
  - pairs:
      app.kubernetes.io/part-of: ledger
`);
    expect(text(ingress)).toBeUndefined();
    expect(world.infra.messages()[0]).toBe(`deploy(ledger): dev prepared

Dojo-Component: ledger
Dojo-Environment: dev
Dojo-Base: https://git.example.test/acme/ledger.git//deploy/k8s/base
Dojo-Prepare: yes
Dojo-Requester: user:default/ada
Dojo-Plan: ${result.planHash}
`);
  });

  it('needs neither the service, nor its image, nor a storage size', async () => {
    world.tags.clear();
    world.images.clear();
    expect((await world.run({ prepare: true })).outcome).toBe('deployed');
    expect(text()).not.toContain('resources');
    expect(text(claim)).toBeUndefined();
  });

  it('changes nothing a second time', async () => {
    await world.run(wish);
    for (const again of [wish, { prepare: true }]) {
      const { outcome, plan } = await world.run(again);
      expect(outcome).toBe('nothing-to-deploy');
      expect(plan.shows.reason).toBe(
        'Nothing to prepare: dev is prepared for ledger already.',
      );
    }
    expect(world.infra.pushes).toBe(1);
  });

  it('becomes by the first deployment what one without preparation makes', async () => {
    await world.first();
    const made = [path, claim, ingress].map(file => text(file));
    for (const prepared of [
      wish,
      { ...wish, storage: undefined },
      { ...wish, host: undefined },
      { prepare: true },
    ]) {
      world = new DeployWorld();
      await world.run(prepared);
      const { outcome, plan } = await world.first();
      expect(outcome).toBe('deployed');
      expect(plan.shows.reason).toBe(
        'ledger v1.0.0 (763100000000) is the first version in dev, whose overlay is prepared.'.replace(
          '763100000000',
          commitOf('v1.0.0').slice(0, 7),
        ),
      );
      expect([path, claim, ingress].map(file => text(file))).toEqual(made);
    }
  });

  it('keeps host, storage and what people wrote for the first deployment', async () => {
    await world.run(wish);
    world.infra.commit({
      [path]: `${text()!.replace(
        '  - pvc.yaml\n',
        '  # Backed up at night.\n  - pvc.yaml # 1Gi is enough\n',
      )}commonAnnotations: {team: accounting} # asked for by Ada\n`,
    });
    await world.run({ version: 'v1.0.0', image });
    expect(text()).toContain('  # Backed up at night.\n');
    expect(text()).toContain('  - pvc.yaml # 1Gi is enough\n');
    expect(text()).toContain('# asked for by Ada\n');
    expect(text()).toContain(`?ref=${commitOf('v1.0.0')} # v1.0.0\n`);
    expect(text()).not.toContain('dojo/');
    expect(text(ingress)).toContain('host: ledger.example.test\n');
    expect((await world.run({ version: 'v1.0.0', image })).outcome).toBe(
      'nothing-to-deploy',
    );
  });

  it('takes another host and more storage, and never less', async () => {
    await world.run(wish);
    const more = { ...wish, host: 'other.test', storage: { size: '2Gi' } };
    const { plan, outcome } = await world.run(more);
    expect(outcome).toBe('deployed');
    expect(plan.shows.reason).toContain('nothing runs there yet');
    expect(text()).toContain('# dojo/host: other.test\n');
    expect(text(claim)).toContain('storage: 2Gi');
    await expect(world.run(wish)).rejects.toMatchObject({
      code: 'DEPLOY_CLAIM_SHRINKS',
      hint: expect.stringMatching(`: ${claim}:\\d+ says what it has\\.$`),
    });
    expect(world.infra.pushes).toBe(2);
  });

  it('is no version to promote, nor one to go back to', async () => {
    await world.run(wish);
    await expect(
      world.run({ environment: 'staging', promoteFrom: 'dev' }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_NOTHING_RUNS',
      message:
        'nothing of ledger runs in dev yet, so there is nothing to promote to staging',
    });
    for (const rollbackTo of ['previous', 'v1.0.0']) {
      await expect(world.run({ rollbackTo })).rejects.toMatchObject({
        code: 'DEPLOY_NOTHING_RUNS',
        message:
          'nothing of ledger runs in dev yet, so there is nothing to roll back',
      });
    }
    await world.run({ version: 'v1.0.0', image });
    await expect(world.run({ rollbackTo: 'previous' })).rejects.toMatchObject({
      code: 'DEPLOY_NO_PREVIOUS',
    });
  });

  it('leaves an overlay that has a version as it is, and refuses another host', async () => {
    await world.first();
    const same = await world.run(wish);
    expect(same).toMatchObject({ outcome: 'nothing-to-deploy', effects: [] });
    expect(same.plan.shows.reason).toMatch(
      /^Nothing to prepare: ledger in dev has v1\.0\.0 \(\w+\) already\.$/,
    );
    for (const other of [
      { host: 'other.test' },
      { storage: { size: '2Gi' } },
    ]) {
      await expect(
        world.run({ prepare: true, ...other }),
      ).rejects.toMatchObject({
        code: 'DEPLOY_VERSION_THERE',
        message:
          'ledger in dev has v1.0.0 already, and preparing changes nothing that runs',
      });
    }
    expect(world.infra.pushes).toBe(1);
  });

  it.each([
    ['uses another base', '  - https://other.test/x.git//base?ref=main\n'],
    ['was not prepared by a run', '  - pvc.yaml\n'],
  ])('refuses an overlay that %s', async (_, resource) => {
    world.infra.commit({
      [path]: `kind: Kustomization\nresources:\n${resource}`,
      [claim]: 'kind: PersistentVolumeClaim\nmetadata: {name: dojo-data}\n',
    });
    await expect(world.run({ prepare: true })).rejects.toMatchObject({
      code: 'DEPLOY_BASE_NOT_USED',
    });
    await expect(world.run({ version: 'v1.0.0', image })).rejects.toMatchObject(
      { code: 'DEPLOY_BASE_NOT_USED' },
    );
  });

  it('is held back by no rule of what runs, and applies nothing', async () => {
    const policy = {
      mode: 'apply' as const,
      approval: true,
      promotesFrom: 'staging',
      promotedOnly: true,
      freeze: [parseFreezeWindow('Sun 00:00 - Mon 00:00 UTC')],
    };
    const { outcome, plan } = await world.run(wish, { policy });
    expect(outcome).toBe('deployed');
    expect(plan.decides).toMatchObject({ mode: 'commit', intent: 'prepare' });
    expect(plan.decides).not.toHaveProperty('cluster');
    await expect(
      world.run({ version: 'v1.0.0', image, mode: 'commit' }, { policy }),
    ).rejects.toMatchObject({ code: 'DEPLOY_APPROVAL_NEEDED' });
  });

  it('is asked for on a branch in mode pull-request', async () => {
    const asked = { ...wish, mode: 'pull-request' as const };
    const first = await world.run(asked);
    expect(first).toMatchObject({
      outcome: 'requested',
      requestBranch: 'dojo/ledger/dev',
      effects: [{ kind: 'done' }, { kind: 'waiting' }],
    });
    expect((await world.run(asked)).effects).toMatchObject([
      { kind: 'already-done' },
      { kind: 'waiting' },
    ]);
    world.infra.branches.set('main', first.commit!);
    expect((await world.run(asked)).outcome).toBe('nothing-to-deploy');
  });

  it('finishes a reviewed plan whose run was killed after the push', async () => {
    const { planHash } = await world.run(wish, { dryRun: true });
    expect(world.infra.pushes).toBe(0);
    const { commit } = await world.run(wish, { planHash });
    expect(await world.run(wish, { planHash })).toMatchObject({
      outcome: 'already-deployed',
      commit,
      planHash,
    });
    expect(world.infra.pushes).toBe(1);
  });

  it('believes the repository where the reply of the push is lost', async () => {
    world.infra.afterPush = () => {
      throw new Error('connection reset');
    };
    expect((await world.run(wish)).outcome).toBe('deployed');
    expect((await world.run(wish)).outcome).toBe('nothing-to-deploy');
    expect(world.infra.pushes).toBe(1);
  });
});
