import { git, kill, sweepOf } from 'dojo-testing';
import { makeClusterWorld, paths } from './__testUtils__/cluster-world';
import type { ClusterWorld } from './__testUtils__/cluster-world';
import { startClusterProxy } from './__testUtils__/cluster-proxy';
import type { ClusterProxy } from './__testUtils__/cluster-proxy';
import { expectDone } from './__testUtils__/expect-run';
import { baseObjects } from './__testUtils__/fixtures';
import { first, useWorlds } from './__testUtils__/use-worlds';

const seed = 20261129;
/** Of the requests at which a run is killed. */
const sample = 12;
const next = ['--version', 'v0.2.0', '--prune'] as const;
const rates = (name: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {r: "1"}
`;
const versions = {
  'v0.1.0': baseObjects + rates('rates-aaa'),
  'v0.2.0':
    baseObjects.replace('ledger:0.1.0', 'ledger:0.2.0') + rates('rates-bbb'),
};

interface Trap {
  readonly at: number;
  readonly kind: 'before' | 'after';
}

const isWrite = (request: string) =>
  /^(?:PATCH|POST|DELETE) /.test(request) && !/dryRun=All/.test(request);

describe('dojo deploy --mode apply that is killed', () => {
  const { suite } = useWorlds();

  /** Version 0.1.0 lives, and 0.2.0 is about to come. */
  async function withPlace<T>(
    body: (place: ClusterWorld, proxy: ClusterProxy) => Promise<T>,
  ): Promise<T> {
    const place = await makeClusterWorld(suite(), { versions });
    const proxy = await startClusterProxy(suite());
    try {
      const run = await place.deploy(first);
      expectDone(run);
      return await body(place, proxy);
    } finally {
      await proxy.close();
      place.dispose();
    }
  }

  /** What is there in the end; names of the environment differ from place to place. */
  async function describePlace(place: ClusterWorld): Promise<unknown> {
    const list = async (path: string) => {
      const { items } = await place.read(path);
      return items.map(
        (one: { metadata: { name: string } }) => one.metadata.name,
      );
    };
    const { spec } = await place.read(paths.deployment);
    return {
      subjects: git(place.infra, ['log', '--format=%s', 'main']).replaceAll(
        place.environment,
        '<environment>',
      ),
      files: git(place.infra, [
        'ls-tree',
        '-r',
        '--name-only',
        'main',
      ]).replaceAll(place.environment, '<environment>'),
      image: spec.template.spec.containers[0].image,
      replicas: spec.replicas,
      configMaps: (await list('/api/v1/namespaces/{ns}/configmaps')).sort(),
      claims: await list('/api/v1/namespaces/{ns}/persistentvolumeclaims'),
    };
  }

  it(`ends in the same state and one commit after a kill at a request and a second run (seed ${seed})`, async () => {
    const { state, requests } = await withPlace(async (place, proxy) => {
      const run = await place.deploy(next, { kubeconfig: proxy.kubeconfig });
      expectDone(run);
      return { state: await describePlace(place), requests: proxy.requests };
    });
    const traps = requests.flatMap((request, at): Trap[] => [
      { at, kind: 'before' },
      // A watch is never answered to its end.
      ...(/[?&]watch=/.test(request) ? [] : [{ at, kind: 'after' as const }]),
    ]);
    const writes = traps.filter(({ at }) => isWrite(requests[at]));
    const others = traps.filter(({ at }) => !isWrite(requests[at]));
    expect(writes.length).toBeGreaterThan(4);
    for (const trap of [
      ...writes,
      ...sweepOf(others, { size: sample, seed }),
    ]) {
      await withPlace(async (place, proxy) => {
        const running = place.start(next, { kubeconfig: proxy.kubeconfig });
        proxy.interfere(at =>
          at === trap.at
            ? { kind: trap.kind, run: () => kill(running.pid) }
            : undefined,
        );
        const { code, signal } = await running.ended;
        // The rest of a run varies with the cluster's own pace: the last requests may not come.
        expect(code === 0 || signal === 'SIGKILL').toBe(true);
        await proxy.idle();
        const last = await place.deploy(next);
        expect({ trap, code: last.code, said: last.stderr }).toEqual({
          trap,
          code: 0,
          said: expect.any(String),
        });
        expect({ trap, state: await describePlace(place) }).toEqual({
          trap,
          state,
        });
      });
    }
  }, 1_800_000);
});
