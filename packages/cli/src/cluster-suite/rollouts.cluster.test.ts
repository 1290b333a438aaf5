/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expect*"] }] -- expect-run.ts asserts for all of them */
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterWorld, DeployRun } from './__testUtils__/cluster-world';
import { expectCode, expectDone } from './__testUtils__/expect-run';
import { baseObjects, baseWith, fixture } from './__testUtils__/fixtures';
import { runKubectl } from './__testUtils__/run-kubectl';
import { first, useWorlds } from './__testUtils__/use-worlds';

const next = ['--version', 'v0.2.0'] as const;

/** Milliseconds in which a fatal cause ends the run, of which the server and the node need most. */
const soon = 15_000;

/** Whole deployments, beside whatever else the machine does. */
jest.setTimeout(300_000);

describe('dojo deploy --mode apply whose rollout does not go well', () => {
  const { world, suite } = useWorlds();

  /** It failed, its commit stays, and the causes say these words. */
  function expectFailed(
    run: DeployRun,
    { says, within }: { readonly says: readonly string[]; within: number },
  ): void {
    expect({
      code: run.code,
      commits: run.commits,
      stderr: run.stderr,
    }).toEqual({ code: 5, commits: 1, stderr: expect.any(String) });
    const causes = JSON.stringify(run.result().causes);
    for (const words of says) expect(causes).toContain(words);
    expect(run.took).toBeLessThan(within);
  }

  it('C04: tells the quota by name with its three numbers', async () => {
    const place = await world();
    await suite().cluster.apply(fixture('C04-before.yaml'), {
      namespace: place.namespace,
    });
    expectFailed(await place.deploy(first), {
      says: ['compute', '512Mi', '256Mi'],
      within: soon,
    });
  });

  describe('C05: when the image does not come', () => {
    const withNew = async (): Promise<ClusterWorld> => {
      const place = await world({
        versions: {
          'v0.1.0': baseObjects,
          'v0.2.0': baseWith(fixture('C05-new.yaml')),
        },
      });
      expectDone(await place.deploy(first));
      return place;
    };
    const isNew = (image: string) => image.includes('sha256:0000');

    it('fails at once where it is not there, with digest and registry', async () => {
      suite().cluster.node.setPull(image =>
        isNew(image)
          ? {
              reason: 'ErrImagePull',
              message: `failed to resolve reference "${image}": ${image}: not found`,
            }
          : undefined,
      );
      expectFailed(await (await withNew()).deploy(next), {
        says: ['sha256:0000', '127.0.0.1:5000'],
        within: soon,
      });
    });

    it('waits while the registry asks for patience, and says so', async () => {
      const place = await withNew();
      let asked = 0;
      suite().cluster.node.setPull(image =>
        isNew(image) && ++asked < 5
          ? {
              reason: 'ErrImagePull',
              message:
                'unexpected status: 429 Too Many Requests: toomanyrequests: You have reached your pull rate limit',
            }
          : undefined,
      );
      const run = await place.deploy(next);
      expectDone(run, 1);
      expect(run.stderr).toMatch(/rate limit|toomanyrequests/i);
    });

    it('gives the reason of the first event where the node only says that it backs off', async () => {
      const place = await withNew();
      suite().cluster.node.setPull(image =>
        isNew(image)
          ? {
              reason: 'ImagePullBackOff',
              message: `Back-off pulling image "${image}"`,
            }
          : undefined,
      );
      const running = place.deploy(next);
      await recordFailedPull(place);
      expectFailed(await running, {
        says: ['manifest unknown'],
        within: 45_000,
      });
    });
  });

  it('C06: tells the exit code and the last words of a container that crashed', async () => {
    const place = await world({
      versions: {
        'v0.1.0': baseObjects,
        'v0.2.0': baseWith(fixture('C06-new.yaml')),
      },
    });
    expectDone(await place.deploy(first));
    expectFailed(await place.deploy(next), {
      says: ['3', 'Could not set lock on file', 'ledger'],
      within: 30_000,
    });
  });

  it('C07: gives a pod that fits nowhere a minute, and as long as it takes where a node is on its way', async () => {
    const versions = {
      'v0.1.0': baseObjects,
      'v0.2.0': baseWith(fixture('C07-new.yaml')),
    };
    const [fatal, scaled] = [
      await world({ versions }),
      await world({ versions }),
    ];
    const deployed = await Promise.all(
      [fatal, scaled].map(place => place.deploy(first)),
    );
    deployed.forEach(run => expectDone(run));
    const waiting = scaled.deploy([...next, '--wait', '75s']);
    const failing = fatal.deploy(next);
    await recordScaleUp(scaled);
    const failed = await failing;
    expectFailed(failed, { says: ['Insufficient cpu'], within: 75_000 });
    expect(failed.took).toBeGreaterThan(55_000);
    const ended = await waiting;
    expect([ended.code, ended.commits]).toEqual([5, 1]);
    expect(ended.took).toBeGreaterThan(74_000);
  });

  it('C17: repeats the warning of the apply, and tells what pod security forbids', async () => {
    const place = await world();
    runKubectl(suite().cluster, [
      ...['label', 'namespace', place.namespace],
      'pod-security.kubernetes.io/enforce=restricted',
    ]);
    const plan = await place.deploy([...first, '--dry-run']);
    expect(JSON.stringify(plan.result().plan.shows.warnings)).toContain(
      'would violate PodSecurity',
    );
    const run = await place.deploy(first);
    expectFailed(run, { says: ['restricted'], within: soon });
    expect(run.stderr).toContain('would violate PodSecurity');
  });

  describe('C18: when a version leaves a ConfigMap behind', () => {
    const withRates = (name: string, more = '') =>
      `${baseObjects
        .replace(
          'spec:\n  replicas: 1',
          'spec:\n  minReadySeconds: 5\n  replicas: 1',
        )
        .replace(
          'volumes: [',
          `volumes: [{name: rates, configMap: {name: ${name}}}, `,
        )
        .replace('ports: [{name: http, c', `${more}ports: [{name: http, c`)}---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {r: "1"}
`;

    it('deletes it after the new pods are available, and not where they fail', async () => {
      const place = await world({
        versions: {
          'v0.1.0': withRates('rates-aaa'),
          'v0.2.0': withRates('rates-bbb'),
          'v0.3.0': withRates(
            'rates-ccc',
            'command: [sh, -c, "exit 9"]\n        ',
          ),
        },
      });
      expectDone(await place.deploy(first));
      const run = await place.deploy([...next, '--prune']);
      expectCode(run, 0);
      const deleted = run.writes.indexOf('delete configmaps/rates-aaa');
      const applied = run.writes.indexOf('patch deployments/ledger');
      expect(applied).toBeGreaterThan(-1);
      expect(deleted).toBeGreaterThan(applied);
      // The five seconds are counted from a time in whole ones.
      expect(run.took).toBeGreaterThan(4_000);
      const failed = await place.deploy(['--version', 'v0.3.0', '--prune']);
      expectCode(failed, 5);
      expect(failed.writes.filter(write => /^delete/.test(write))).toEqual([]);
    });
  });

  /** The event that the kubelet wrote at the first pull, which the node of this test does not write. */
  async function recordFailedPull(place: ClusterWorld): Promise<void> {
    await recordEvent(place, {
      type: 'Warning',
      reason: 'Failed',
      message:
        'Failed to pull image: rpc error: manifest unknown: manifest unknown',
    });
  }

  async function recordScaleUp(place: ClusterWorld): Promise<void> {
    await recordEvent(place, {
      type: 'Normal',
      reason: 'TriggeredScaleUp',
      message: 'pod triggered scale-up: [{a 1->2 (max: 3)}]',
    });
  }

  /** An event of the pod that is made next and does not run. */
  async function recordEvent(
    place: ClusterWorld,
    event: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { cluster } = suite();
    const pods = `/api/v1/namespaces/${place.namespace}/pods`;
    for (const end = Date.now() + 100_000; Date.now() < end; ) {
      const { items } = await place.read(pods);
      const [pod] = items.filter(
        (one: { status: { phase: string } }) => one.status.phase === 'Pending',
      );
      if (pod === undefined) {
        await delay(50);
        continue;
      }
      const now = new Date().toISOString().slice(0, 19);
      await cluster.request(
        'POST',
        `/api/v1/namespaces/${place.namespace}/events`,
        {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: {
            name: `${pod.metadata.name}.${event.reason}`.toLowerCase(),
          },
          involvedObject: {
            apiVersion: 'v1',
            kind: 'Pod',
            name: pod.metadata.name,
            namespace: place.namespace,
            uid: pod.metadata.uid,
          },
          ...event,
          firstTimestamp: `${now}Z`,
          lastTimestamp: `${now}Z`,
          count: 1,
        },
      );
      return;
    }
    throw new Error('No pod is pending.');
  }
});
