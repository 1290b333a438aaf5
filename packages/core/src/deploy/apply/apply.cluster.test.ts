import { writesOf } from '../__testUtils__/apply-world';
import type { SeenObject } from '../__testUtils__/apply-world';
import { image } from '../__testUtils__/deploy-world';
import { withCluster } from '../__testUtils__/with-cluster';
import { recordName } from './apply-set';

jest.setTimeout(120_000);

const set = { component: 'ledger' };

describe('deploy in mode apply', () => {
  const here = withCluster();

  it('brings a version to the cluster, and nothing a second time', async () => {
    const world = await here.world();
    const first = await world.apply();
    expect(first).toMatchObject({
      outcome: 'deployed',
      commit: world.infra.branches.get('main'),
    });
    expect(first.effects.map(({ key }) => key)).toEqual([
      `overlay ledger/${world.environment} on main`,
      `record ConfigMap/${world.namespace}/dojo-ledger`,
      `PersistentVolumeClaim/${world.namespace}/dojo-data`,
      `Service/${world.namespace}/ledger`,
      `Deployment/${world.namespace}/ledger`,
      `rollout in ${world.namespace}`,
      `end of record ConfigMap/${world.namespace}/dojo-ledger`,
    ]);
    expect(first.health?.map(({ kind, status }) => [kind, status])).toEqual([
      ['PersistentVolumeClaim', 'Current'],
      ['Service', 'Current'],
      ['Deployment', 'Current'],
    ]);

    const calls = await world.calls(async () => {
      expect((await world.apply()).outcome).toBe('nothing-to-deploy');
    });
    expect(calls.map(({ verb }) => verb).sort()).toEqual([
      'list',
      'list',
      'list',
    ]);
    expect(writesOf(calls)).toEqual([]);
  });

  it('asks once a kind, and so at most 8 times, of four objects that are as they should be, and writes nothing', async () => {
    const world = await here.world();
    const host = 'ledger.example.test';
    await world.apply({ host });
    const calls = await world.calls(async () => {
      expect((await world.apply({ host })).outcome).toBe('nothing-to-deploy');
    });
    expect(calls).toHaveLength(4);
    expect(writesOf(calls)).toEqual([]);
  });

  it('asks for another version of four objects with one request for each kind that is followed', async () => {
    const world = await here.world();
    const host = 'ledger.example.test';
    await world.apply({ host });
    const calls = await world.calls(() =>
      world.apply({ host, version: 'v2.0.0' }),
    );
    const words = calls.map(({ verb, resource, dryRun }) =>
      [verb, resource, ...(dryRun ? ['(dry run)'] : [])].join(' '),
    );
    expect(words.sort()).toEqual([
      'get configmaps',
      'get namespaces',
      'list deployments',
      'list ingresses',
      'list persistentvolumeclaims',
      'list services',
      // Nothing in this cluster makes volumes, so that the claim is followed too.
      'list storageclasses',
      'patch configmaps',
      'patch deployments',
      'patch deployments (dry run)',
      'watch deployments',
      'watch events',
      'watch persistentvolumeclaims',
      'watch pods',
      'watch replicasets',
    ]);
  });

  it('marks members by a label at the object, and the set by a record', async () => {
    const world = await here.world();
    await world.apply();
    const { metadata, spec } = await world.deployment();
    const id = metadata.labels['applyset.kubernetes.io/part-of'];
    expect(id).toMatch(/^applyset-[\w-]{43}-v1$/);
    expect(JSON.stringify(spec)).not.toContain('applyset');
    const record = await world.request('GET', 'configmaps', recordName(set));
    expect((record as SeenObject).metadata).toMatchObject({
      labels: { 'applyset.kubernetes.io/id': id },
      annotations: {
        'applyset.kubernetes.io/contains-group-kinds':
          'Deployment.apps,PersistentVolumeClaim,Service',
        'applyset.kubernetes.io/tooling': 'dojo-portal/v1',
      },
    });
  });

  it('changes by its own fields what is another version, one patch an object', async () => {
    const world = await here.world();
    await world.apply();
    const plan = await world.apply({ version: 'v2.0.0' }, { dryRun: true });
    const [diff] = plan.plan.shows.objects;
    expect(plan.plan.shows.objects).toHaveLength(1);
    expect(diff.fields.map(({ path }) => path)).toContain(
      '.spec.template.spec.containers[name="ledger"].image',
    );
    const calls = await world.calls(async () => {
      expect(
        await world.apply({ version: 'v2.0.0' }, { planHash: plan.planHash }),
      ).toMatchObject({ outcome: 'deployed' });
    });
    expect(writesOf(calls)).toEqual([
      'patch configmaps dojo-ledger',
      'patch deployments ledger',
      'patch configmaps dojo-ledger',
    ]);
  });

  describe('when the first plan of an environment was reviewed', () => {
    it('has the same hash when it runs, although each dry run is given another address', async () => {
      const world = await here.world();
      const { planHash } = await world.apply({}, { dryRun: true });
      expect((await world.apply({}, { planHash })).outcome).toBe('deployed');
      expect(await world.apply({}, { planHash })).toMatchObject({
        outcome: 'already-deployed',
        planHash,
        effects: [],
      });
    });
  });

  describe('when somebody changed the cluster', () => {
    it('shows the drift, and puts it right without a commit', async () => {
      const world = await here.world();
      await world.apply();
      await world.request('DELETE', 'services', 'ledger');
      const { plan, planHash } = await world.apply({}, { dryRun: true });
      expect(plan).toMatchObject({
        kind: 'deploy',
        decides: { edits: [] },
        shows: {
          objects: [{ change: 'created', object: { kind: 'Service' } }],
        },
      });
      expect(plan.shows.reason).toContain('one object of the cluster differs');
      const { pushes } = world.infra;
      expect((await world.apply({}, { planHash })).outcome).toBe('deployed');
      expect(world.infra.pushes).toBe(pushes);
    });

    it('leaves alone what a restart by hand set', async () => {
      const world = await here.world();
      await world.apply();
      await world.request(
        'PATCH',
        'apps/v1/deployments',
        'ledger?fieldManager=kubectl-rollout',
        {
          spec: {
            template: {
              metadata: {
                annotations: {
                  'kubectl.kubernetes.io/restartedAt': '2026-11-29T12:00:00Z',
                },
              },
            },
          },
        },
        'application/merge-patch+json',
      );
      const calls = await world.calls(() => world.apply());
      expect(writesOf(calls)).toEqual([]);
      expect(
        (await world.deployment()).spec.template.metadata.annotations,
      ).toHaveProperty(['kubectl.kubernetes.io/restartedAt']);
    });
  });

  describe('when a run is cut', () => {
    const cut = async (
      world: Awaited<ReturnType<typeof here.world>>,
      after: number,
      options: { planHash?: string } = {},
    ) => {
      const stop = new AbortController();
      let seen = 0;
      await expect(
        world.apply(
          { version: 'v2.0.0' },
          {
            ...options,
            signal: stop.signal,
            onOutcome: () => {
              seen += 1;
              if (seen === after) stop.abort(new Error('killed'));
            },
          },
        ),
      ).rejects.toThrow('killed');
    };

    it.each([1, 2, 3, 4])(
      'is finished by a run of the reviewed plan after effect %i',
      async after => {
        const world = await here.world();
        await world.apply();
        const { planHash } = await world.apply(
          { version: 'v2.0.0' },
          { dryRun: true },
        );
        await cut(world, after, { planHash });
        const again = await world.apply({ version: 'v2.0.0' }, { planHash });
        expect(['deployed', 'already-deployed']).toContain(again.outcome);
        expect(again.commit).toBe(world.infra.branches.get('main'));
        expect(world.infra.pushes).toBe(2);
        expect((await world.apply({ version: 'v2.0.0' })).outcome).toBe(
          'nothing-to-deploy',
        );
        const [container] = (await world.deployment()).spec.template.spec
          .containers;
        expect(container.env[0].value).toBe('v2.0.0');
      },
    );

    it.each([2, 4])(
      'does not write what drifted after it was cut, effect %i being its last',
      async after => {
        const world = await here.world();
        await world.apply();
        const { planHash } = await world.apply(
          { version: 'v2.0.0' },
          { dryRun: true },
        );
        await cut(world, after, { planHash });
        await world.request('DELETE', 'services', 'ledger');
        await expect(
          world.apply({ version: 'v2.0.0' }, { planHash }),
        ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
      },
    );

    it('does not go on with a plan after which another one put drift right', async () => {
      const world = await here.world();
      const { planHash } = await world.apply({}, { dryRun: true });
      await world.apply({}, { planHash });
      for (const outcome of ['deployed', 'already-deployed']) {
        await world.request('DELETE', 'services', 'ledger');
        const reviewed = outcome === 'deployed' ? {} : { planHash };
        expect((await world.apply({}, reviewed)).outcome).toBe(outcome);
      }
    });

    it('is finished by a run without a review', async () => {
      const world = await here.world();
      await world.apply();
      await cut(world, 1);
      expect((await world.apply({ version: 'v2.0.0' })).outcome).toBe(
        'deployed',
      );
      expect(world.infra.pushes).toBe(2);
    });

    it('refuses another plan than the reviewed one', async () => {
      const world = await here.world();
      await world.apply();
      const { planHash } = await world.apply(
        { version: 'v2.0.0' },
        { dryRun: true },
      );
      await world.request('DELETE', 'services', 'ledger');
      await expect(
        world.apply({ version: 'v2.0.0' }, { planHash }),
      ).rejects.toMatchObject({ code: 'PLAN_CHANGED' });
    });
  });

  describe('when the rollout fails', () => {
    it('says why, and leaves the commit', async () => {
      const world = await here.world();
      await world.apply();
      const result = await world.apply({ version: 'v3.0.0' });
      expect(result).toMatchObject({
        outcome: 'failed',
        commit: world.infra.branches.get('main'),
      });
      expect(result.causes?.[0].code).toBe('IMAGE_NOT_FOUND');
      expect(
        result.effects.find(({ kind }) => kind === 'failed'),
      ).toMatchObject({
        error: { code: 'DEPLOY_ROLLOUT_FAILED', kind: 'unavailable' },
      });
      // The same run again watches on, and ends the same.
      const again = await world.apply({ version: 'v3.0.0' });
      expect(again.outcome).toBe('failed');
      expect(again.causes?.[0].code).toBe('IMAGE_NOT_FOUND');
    });

    it('goes back to what was there before, where that is asked for', async () => {
      const world = await here.world();
      await world.apply();
      const result = await world.apply({
        version: 'v3.0.0',
        onFailure: 'rollback',
      });
      expect(result).toMatchObject({
        outcome: 'failed',
        rollback: {
          outcome: 'deployed',
          version: 'v1.0.0',
          commit: world.infra.branches.get('main'),
        },
      });
      const [container] = (await world.deployment()).spec.template.spec
        .containers;
      expect(container.env[0].value).toBe('v1.0.0');
      expect((await world.apply()).outcome).toBe('nothing-to-deploy');
    });
  });

  describe('when the overlay makes less than before', () => {
    const rates = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {r: "1"}\n`;
    const withRates = async () => {
      const world = await here.world();
      await world.apply();
      world.add('rates.yaml', rates('rates-aaa'));
      await world.apply();
      world.edit(() => rates('rates-bbb'), 'rates.yaml');
      return world;
    };
    const names = async (world: Awaited<ReturnType<typeof here.world>>) =>
      (await world.configMaps()).filter(name => name.startsWith('rates'));

    it('keeps what is left where nobody asks to prune', async () => {
      const world = await withRates();
      await world.apply();
      expect(await names(world)).toEqual(['rates-aaa', 'rates-bbb']);
    });

    it('deletes it after the rollout, once', async () => {
      const world = await withRates();
      const { effects } = await world.apply({ prune: true });
      expect(effects.map(({ key }) => key.split('/')[0])).toEqual([
        'record ConfigMap',
        'ConfigMap',
        `rollout in ${world.namespace}`,
        'no ConfigMap',
        'end of record ConfigMap',
      ]);
      expect(await names(world)).toEqual(['rates-bbb']);
      expect((await world.apply({ prune: true })).outcome).toBe(
        'nothing-to-deploy',
      );
    });

    it('deletes nothing where the rollout fails', async () => {
      const world = await withRates();
      const result = await world.apply({ version: 'v3.0.0', prune: true });
      expect(result.outcome).toBe('failed');
      expect(result.effects.at(-2)?.kind).toBe('not-attempted');
      expect(await names(world)).toEqual(['rates-aaa', 'rates-bbb']);
    });

    it('keeps a claim, and what another object or manager holds, and says so', async () => {
      const world = await withRates();
      await world.applied(rates('rates-aaa'), 'hotfix');
      const { plan } = await world.apply({ prune: true }, { dryRun: true });
      expect(plan.decides.cluster?.prunes).toEqual([]);
      expect(plan.shows.warnings).toContain(
        'ConfigMap rates-aaa stays: "hotfix" applies it too',
      );
    });

    it('wants a confirmation where most would go', async () => {
      const world = await here.world();
      await world.apply({ host: 'ledger.example.test' });
      world.add('rates.yaml', `${rates('a')}---\n${rates('b')}`);
      await world.apply();
      world.edit(() => '', 'rates.yaml');
      world.edit(text => text.replace('  - rates.yaml\n', ''));
      world.edit(text => text.replace('  - ingress.yaml\n', ''));
      await expect(world.apply({ prune: true })).rejects.toMatchObject({
        code: 'DEPLOY_LINT_REFUSED',
        message: expect.stringContaining('3 of the 6 objects'),
      });
      expect(
        (await world.apply({ prune: true, confirmPrune: true })).outcome,
      ).toBe('deployed');
    });
  });

  it('promotes only what is healthy there', async () => {
    const world = await here.world();
    await world.apply({ version: 'v3.0.0' });
    const target = await here.world();
    const ports = {
      ...target.ports,
      openInfra: world.ports.openInfra,
      openSource: async (_: string, signal: AbortSignal) => ({
        cluster: await world.ports.openCluster!(signal),
      }),
    };
    Object.defineProperty(target, 'ports', { get: () => ports });
    await expect(
      target.apply({ promoteFrom: world.environment, image }),
    ).rejects.toMatchObject({ code: 'DEPLOY_SOURCE_UNHEALTHY' });
    await world.apply({ version: 'v2.0.0' });
    expect(
      await target.apply({ promoteFrom: world.environment, image }),
    ).toMatchObject({ outcome: 'deployed', version: 'v2.0.0' });
  });
});
