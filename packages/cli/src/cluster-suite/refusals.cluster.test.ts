/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expect*"] }] -- expect-run.ts asserts for all of them */
import { setTimeout as delay } from 'node:timers/promises';
import { git } from 'dojo-testing';
import { paths } from './__testUtils__/cluster-world';
import type { ClusterWorld } from './__testUtils__/cluster-world';
import {
  expectDone,
  expectNothing,
  expectRefused,
} from './__testUtils__/expect-run';
import { baseObjects, documentOf, fixture } from './__testUtils__/fixtures';
import { bindingOf, user } from './__testUtils__/suite-cluster';
import type { SuiteCluster } from './__testUtils__/suite-cluster';
import { first, useWorlds } from './__testUtils__/use-worlds';

/** Whole deployments, beside whatever else the machine does. */
jest.setTimeout(300_000);

describe('dojo deploy --mode apply', () => {
  const { world, suite } = useWorlds();

  it('C01: names the field, its owner and both values of a conflict, and takes it over when told to', async () => {
    const place = await world({
      versions: {
        'v0.1.0': baseObjects,
        'v0.2.0': baseObjects.replace('ledger:0.1.0', 'ledger:0.2.0'),
      },
    });
    expectDone(await place.deploy(first));
    await suite().cluster.apply(fixture('C01-other.yaml'), {
      manager: 'hotfix',
      namespace: place.namespace,
    });
    const next = ['--version', 'v0.2.0'];
    expectRefused(await place.deploy(next), {
      code: 4,
      says: ['limits.memory', 'hotfix', '900Mi', '512Mi', 'takeover'],
    });
    const taken = await place.deploy([...next, '--conflicts', 'takeover']);
    expectDone(taken, 1);
    const { spec } = await place.read(paths.deployment);
    expect(spec.template.spec.containers[0].resources.limits.memory).toBe(
      '512Mi',
    );
  });

  it('C03: refuses another selector with both label sets, and offers nothing that loses the Deployment', async () => {
    const place = await world();
    await suite().cluster.apply(fixture('C03-before.yaml'), {
      namespace: place.namespace,
    });
    const run = await place.deploy(first);
    expectRefused(run, { code: 3, says: ['selector', 'team'] });
    expect(run.stderr).not.toMatch(/recreat|--force|replace it/i);
  });

  describe('C08: when the claim changes', () => {
    const claimOf = (at: number) => documentOf('C08-new.yaml', at);
    const live = claimOf(0).replace('1Gi', '5Gi');
    let place: ClusterWorld;
    beforeAll(async () => {
      place = await world();
      // A person's overlay: a new one of ours names no class.
      place.edit({
        'pvc.yaml': live,
        'kustomization.yaml': `namespace: ${
          place.namespace
        }\nresources:\n- file://${place.service}//deploy/k8s/base?ref=${git(
          place.service,
          ['rev-parse', 'v0.1.0^{commit}'],
        )} # v0.1.0\n- pvc.yaml\n`,
      });
      expectDone(await place.deploy(['--version', 'v0.1.0']));
    });

    it.each([
      ['a smaller size', 0, ['5Gi', '1Gi']],
      ['another class', 1, ['fast', 'slow']],
      ['another access mode', 2, ['ReadWriteOnce', 'ReadWriteMany']],
    ])('refuses %s by a rule of its own', async (_, at, says) => {
      place.edit({ 'pvc.yaml': claimOf(at) });
      const run = await place.deploy(['--version', 'v0.1.0']);
      expectRefused(run, { code: 3, says: [...says, 'dojo-data'] });
      expect(run.stderr).not.toContain('core.PersistentVolumeClaimSpec');
    });

    it('makes it larger', async () => {
      place.edit({ 'pvc.yaml': live.replace('5Gi', '8Gi') });
      expectDone(await place.deploy(['--version', 'v0.1.0']));
      const { spec } = await place.read(paths.claim);
      expect(spec.resources.requests.storage).toBe('8Gi');
      await expect(untilHolds(place, '8Gi')).resolves.toBeUndefined();
    });

    it('keeps the class that the overlay names no more, also where the claim grows', async () => {
      const classless = live.replace(' storageClassName: fast,', '');
      place.edit({ 'pvc.yaml': classless.replace('5Gi', '8Gi') });
      expectNothing(await place.deploy(['--version', 'v0.1.0']));
      place.edit({ 'pvc.yaml': classless.replace('5Gi', '9Gi') });
      expectDone(await place.deploy(['--version', 'v0.1.0']));
      const { spec } = await place.read(paths.claim);
      expect([spec.storageClassName, spec.resources.requests.storage]).toEqual([
        'fast',
        '9Gi',
      ]);
    });

    it('leaves a class alone that the overlay does not name', async () => {
      const other = await world();
      expectDone(await other.deploy(first));
      const { spec } = await other.read(paths.claim);
      expect(spec.storageClassName).toBe('fast');
      expectNothing(await other.deploy(['--version', 'v0.1.0']));
      other.edit({ 'pvc.yaml': live });
      expectDone(await other.deploy(['--version', 'v0.1.0']));
      other.edit({ 'pvc.yaml': live.replace('fast', 'slow') });
      expectRefused(await other.deploy(['--version', 'v0.1.0']), {
        code: 3,
        says: ['fast', 'slow'],
      });
    });
  });

  it('C15: names an admission webhook that does not answer, and writes nothing of the rest', async () => {
    const place = await world();
    const webhook = fixture('C15-before.yaml').replace(
      'ledger-dev',
      place.namespace,
    );
    await suite().cluster.apply(webhook);
    const run = await place.deploy(first);
    expectRefused(run, { code: 5, says: ['services.gone.example.test'] });
    expect(
      run.calls.filter(call => /\/services\/ledger/.test(call)).length,
    ).toBeLessThan(8);
  });

  it("C16: says an admission policy's own sentence, and applies nothing of the rest", async () => {
    const place = await world();
    await suite().cluster.apply(fixture('C16-policy.yaml'));
    // The policy is compiled a moment after it is there.
    await expect(
      untilDenied(suite(), place.namespace),
    ).resolves.toBeUndefined();
    expectRefused(
      await place.deploy([...first, '--host', 'taken.example.test']),
      {
        code: 3,
        says: [
          'host "taken.example.test" and path "/" is already defined in ingress billing/web',
        ],
      },
    );
  });

  it('C20: names verb, resource, namespace and the right that is missing', async () => {
    const place = await world({ granted: false });
    await suite().cluster.createNamespace({ name: place.namespace });
    await suite().cluster.apply(fixture('C20-role.yaml'), {
      namespace: place.namespace,
    });
    await suite().cluster.apply(bindingOf('deployer'), {
      namespace: place.namespace,
    });
    expectRefused(
      await place.deploy([...first, '--host', 'ledger.example.test']),
      {
        code: 3,
        says: [user, 'ingresses', 'networking.k8s.io', place.namespace, 'Role'],
      },
    );
  });

  it('refuses a field that the schema does not have, with its path', async () => {
    const place = await world({
      versions: {
        'v0.1.0': baseObjects.replace('replicas: 1', 'replcas: 1'),
      },
    });
    expectRefused(await place.deploy(first), {
      code: 3,
      says: ['replcas'],
    });
  });

  it('refuses a namespace that is not there, and one that is being deleted', async () => {
    const none = await world({ granted: false });
    const missing = await none.deploy(first);
    expectRefused(missing, { code: 3, says: [] });
    const place = await world();
    expectDone(await place.deploy(first));
    await suite().cluster.apply(
      `apiVersion: v1
kind: ConfigMap
metadata: {name: held, finalizers: [example.test/held]}
`,
      { namespace: place.namespace },
    );
    await suite().cluster.request(
      'DELETE',
      `/api/v1/namespaces/${place.namespace}`,
    );
    place.release('v0.2.0', baseObjects.replace('0.1.0', '0.2.0'));
    const run = await place.deploy(['--version', 'v0.2.0']);
    expectRefused(run, { code: 3, says: [place.namespace] });
    await suite().cluster.request(
      'PATCH',
      `/api/v1/namespaces/${place.namespace}/configmaps/held`,
      { metadata: { finalizers: null } },
      'application/merge-patch+json',
    );
  });
});

/** Reads the claim until its volume has the size. */
async function untilHolds(place: ClusterWorld, size: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(50)) {
    const { status } = await place.read(paths.claim);
    if (status.capacity?.storage === size) return;
  }
  throw new Error(`The claim has not grown to ${size}.`);
}

/** Asks by dry runs until the policy denies one. */
async function untilDenied(
  { cluster }: SuiteCluster,
  namespace: string,
): Promise<void> {
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'probe' },
    spec: {
      rules: [{ host: 'taken.example.test' }],
      defaultBackend: { service: { name: 'a', port: { number: 80 } } },
    },
  };
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(50)) {
    try {
      await cluster.request(
        'POST',
        `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses?dryRun=All`,
        ingress,
      );
    } catch (error) {
      if (String(error).includes('taken.example.test')) return;
    }
  }
  throw new Error('The policy denied nothing.');
}
