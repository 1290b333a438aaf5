import { paths } from './__testUtils__/cluster-world';
import type { ClusterWorld } from './__testUtils__/cluster-world';
import {
  expectCode,
  expectDone,
  expectNothing,
} from './__testUtils__/expect-run';
import { baseObjects } from './__testUtils__/fixtures';
import { grantNamespace } from './__testUtils__/suite-cluster';
import { first, useWorlds } from './__testUtils__/use-worlds';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const imageOf = (digit: string) =>
  baseObjects.replace(/ledger:0\.1\.0/, `ledger@${digest(digit)}`);
const versions = { 'v0.1.0': imageOf('1'), 'v0.2.0': imageOf('2') };

/** Whole deployments, beside whatever else the machine does. */
jest.setTimeout(300_000);

describe('dojo deploy --mode apply', () => {
  const { world, suite } = useWorlds();
  const imageIn = async (place: ClusterWorld): Promise<string> => {
    const { spec } = await place.read(paths.deployment);
    return spec.template.spec.containers[0].image;
  };

  it('brings a first version to a healthy environment, and then has nothing to do in at most 8 calls', async () => {
    const place = await world({
      versions: {
        ...versions,
        'v0.1.0': `${imageOf('1')}---
apiVersion: v1
kind: ConfigMap
metadata: {name: rates}
data: {r: "1"}
`,
      },
    });
    const run = await place.deploy(first);
    expectDone(run);
    expect(run.commits).toBe(1);
    const { status } = await place.read(paths.deployment);
    expect(status.availableReplicas).toBe(1);
    expect(run.result().outcome).toBe('deployed');
    const again = await place.deploy(['--version', 'v0.1.0']);
    expectNothing(again);
    // Service, claim, Deployment, ConfigMap: a list of each kind, and no dry run of what is as it is to be applied.
    expect(again.calls).toHaveLength(4);
  });

  it('brings the next version, and goes back to the one before', async () => {
    const place = await world({ versions });
    expectDone(await place.deploy(first));
    const next = await place.deploy(['--version', 'v0.2.0']);
    expectDone(next, 1);
    expect(await imageIn(place)).toContain(digest('2'));
    const back = await place.deploy(['--rollback-to', 'previous']);
    expectDone(back, 1);
    expect(await imageIn(place)).toContain(digest('1'));
    const { metadata } = await place.read(paths.claim);
    expect(metadata.deletionTimestamp).toBeUndefined();
  });

  it('takes a failed version back by itself where it is told to', async () => {
    const place = await world({ versions });
    expectDone(await place.deploy(first));
    place.release(
      'v0.3.0',
      imageOf('3').replace(
        'ports: [{name: http',
        'command: [sh, -c, "echo broken >&2; exit 7"]\n        ports: [{name: http',
      ),
    );
    const run = await place.deploy([
      ...['--version', 'v0.3.0', '--on-failure', 'rollback'],
    ]);
    expect([run.code, run.commits]).toEqual([5, 2]);
    expect(await imageIn(place)).toContain(digest('1'));
    expect(run.result().rollback?.outcome).toBe('deployed');
  });

  it('deletes what the overlay makes no more only where it is told to, and no claim', async () => {
    const rates = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: rates}
data: {r: "1"}
`;
    const place = await world({
      versions: { 'v0.1.0': imageOf('1') + rates, 'v0.2.0': imageOf('2') },
    });
    expectDone(await place.deploy(first));
    const kept = await place.deploy(['--version', 'v0.2.0']);
    expect(kept.writes.filter(write => /^delete/.test(write))).toEqual([]);
    const pruned = await place.deploy(['--version', 'v0.2.0', '--prune']);
    expectCode(pruned, 0);
    expect(pruned.writes.filter(write => /^delete/.test(write))).toEqual([
      'delete configmaps/rates',
    ]);
    place.edit({
      'kustomization.yaml': place
        .overlay('kustomization.yaml')
        .replace(/\n *- (?:"|')?pvc\.yaml.*/, ''),
    });
    const claimless = await place.deploy([
      ...['--version', 'v0.2.0', '--prune', '--confirm-prune'],
    ]);
    expect(claimless.writes.filter(write => /^delete/.test(write))).toEqual([]);
    await expect(place.read(paths.claim)).resolves.toBeTruthy();
  });

  it('leaves an object alone that another one owns, and says so', async () => {
    const rates = `---
apiVersion: v1
kind: ConfigMap
metadata: {name: rates}
data: {r: "1"}
`;
    const place = await world({
      versions: { 'v0.1.0': imageOf('1') + rates, 'v0.2.0': imageOf('2') },
    });
    expectDone(await place.deploy(first));
    const { metadata } = await place.read(paths.service);
    await suite().cluster.request(
      'PATCH',
      `/api/v1/namespaces/${place.namespace}/configmaps/rates`,
      {
        metadata: {
          ownerReferences: [
            {
              apiVersion: 'v1',
              kind: 'Service',
              name: 'ledger',
              uid: metadata.uid,
            },
          ],
        },
      },
      'application/merge-patch+json',
    );
    const pruned = await place.deploy(['--version', 'v0.2.0', '--prune']);
    expectCode(pruned, 0);
    expect(pruned.writes.filter(write => /^delete/.test(write))).toEqual([]);
    expect(pruned.stdout + pruned.stderr).toContain(
      'ConfigMap rates stays: another object owns it',
    );
  });

  it('writes a Secret, and shows no value of it', async () => {
    const secret = (value: string) => `---
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: ${value}}
`;
    const [one, two] = ['correct-horse-1', 'battery-staple-2'];
    const place = await world({
      versions: {
        'v0.1.0': imageOf('1') + secret(one),
        'v0.2.0': imageOf('1') + secret(two),
      },
    });
    const next = ['--version', 'v0.2.0'];
    const runs = [
      await place.deploy([...first, '--dry-run']),
      await place.deploy(first),
      await place.deploy([...next, '--dry-run']),
      await place.deploy(next),
    ];
    for (const run of runs) expectDone(run);
    const { data } = await place.read('/api/v1/namespaces/{ns}/secrets/db');
    expect(Buffer.from(data.password, 'base64').toString()).toBe(two);
    expect(runs[2].stdout).toContain('Secret');
    for (const { stdout, stderr } of runs) {
      for (const value of [one, two]) {
        expect(stdout + stderr).not.toContain(value);
        expect(stdout + stderr).not.toContain(
          Buffer.from(value).toString('base64'),
        );
      }
    }
    expectNothing(await place.deploy(next));
  });

  it('promotes from dev to staging to production', async () => {
    const place = await world({ versions });
    const others = ['staging', 'production'];
    for (const name of others) await grantNamespace(suite(), `ledger-${name}`);
    expectDone(await place.deploy(first));
    let from = place.environment;
    for (const environment of others) {
      const run = await place.deploy(
        ['--promote-from', from, '--storage', '5Gi'],
        { environment },
      );
      expectDone(run);
      expect(run.commits).toBe(1);
      expect(JSON.stringify(run.result())).not.toContain('was not looked at');
      const { spec, status } = await place.read(
        paths.deployment.replace('{ns}', `ledger-${environment}`),
      );
      expect(spec.template.spec.containers[0].image).toContain(digest('1'));
      expect(status.availableReplicas).toBe(1);
      from = environment;
    }
  });
});
