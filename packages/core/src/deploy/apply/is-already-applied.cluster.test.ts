import fc from 'fast-check';
import type { TestCluster } from 'dojo-testing';
import { startCluster } from 'dojo-testing';
import type { Cluster } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { openCluster } from '../../kubernetes/open-cluster';
import { isAlreadyApplied } from './is-already-applied';
import { fieldManager } from './managed-fields';
import { changedObjects } from './plan-cluster';

jest.setTimeout(180_000);

const seed = 20261129;
const numRuns = 150;
const namespace = 'ledger-proof';
const { signal } = new AbortController();

type Body = Record<string, unknown>;
/** What a Deployment may say, some of it in another way than the API server keeps it. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  image: ['ledger:1', 'ledger:2'],
  memory: ['512Mi', '0.5Gi', undefined],
  cpu: ['1', 1, undefined],
  env: [
    undefined,
    [],
    [{ name: 'A', value: '1' }],
    [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    [
      { name: 'B', value: '2' },
      { name: 'A', value: '1' },
    ],
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
  ],
  ports: [
    undefined,
    [{ containerPort: 80 }],
    [{ containerPort: 80, protocol: 'TCP' }],
    [{ containerPort: 80, name: 'http' }, { containerPort: 81 }],
  ],
  args: [undefined, [], ['a'], ['a', 'b']],
  annotations: [undefined, {}, { a: '1' }, { a: '1', b: '2' }],
  strategy: [
    undefined,
    { type: 'Recreate' },
    { rollingUpdate: {} },
    { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ],
  volumes: [
    undefined,
    [{ name: 'tmp', emptyDir: {} }],
    [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }],
  ],
  context: [undefined, {}, { runAsUser: null }, { runAsNonRoot: true }],
  replicas: [undefined, 1, 2],
};
const body = fc.record(
  Object.fromEntries(
    Object.entries(choices).map(([key, values]) => [
      key,
      // What the API server keeps as it is more often than what it writes in another way.
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(values[0], values.at(-1)) },
        fc.constantFrom(...values),
      ),
    ]),
  ),
);
const fewKeys = fc.array(fc.constantFrom(...Object.keys(choices)), {
  maxLength: 2,
});

const without = (object: Body): Body =>
  Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  );

function deploymentOf(name: string, of: Body): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: without({
      name,
      namespace,
      labels,
      annotations: of.annotations,
    }) as KubernetesObject['metadata'],
    spec: without({
      replicas: of.replicas,
      strategy: of.strategy,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: without({
          volumes: of.volumes,
          securityContext: of.context,
          containers: [
            without({
              name: 'ledger',
              image: of.image,
              env: of.env,
              ports: of.ports,
              args: of.args,
              resources: {
                limits: without({ memory: of.memory, cpu: of.cpu }),
              },
            }),
          ],
        }),
      },
    }),
  };
}

const blend = (one: Body, other: Body, keys: readonly string[]): Body => ({
  ...one,
  ...Object.fromEntries(keys.map(key => [key, other[key]])),
});

describe('isAlreadyApplied, against the API server', () => {
  let testbed: TestCluster;
  let cluster: Cluster;
  beforeAll(async () => {
    testbed = await startCluster({ node: false });
    await testbed.createNamespace({ name: namespace });
    cluster = await openCluster(
      { kubeconfig: { path: testbed.kubeconfig } },
      signal,
    );
  });
  afterAll(async () => {
    await cluster?.dispose();
    await testbed?.stop();
  });

  /** Undefined: it is refused. */
  const tried = async (apply: Promise<{ object: KubernetesObject }>) => {
    try {
      return (await apply).object;
    } catch (error) {
      if (error instanceof ClusterRefusal) return undefined;
      throw error;
    }
  };

  it(`is never said where a dry run changes something (seed ${seed}, ${numRuns} objects)`, async () => {
    let count = 0;
    let proven = 0;
    let same = 0;
    await fc.assert(
      fc.asyncProperty(
        body,
        body,
        fewKeys,
        fewKeys,
        fc.boolean(),
        async (base, other, now, since, isForced) => {
          count += 1;
          const name = `ledger-${count}`;
          const asApplied = deploymentOf(name, base);
          await tried(
            cluster.apply(asApplied, { manager: fieldManager }, signal),
          );
          // Somebody else has a say in some of it.
          if (since.length > 0) {
            const theirs = blend({ image: base.image }, other, since);
            await tried(
              cluster.apply(
                deploymentOf(name, theirs),
                { manager: 'hotfix', force: isForced },
                signal,
              ),
            );
          }
          const wanted = deploymentOf(name, blend(base, other, now));
          const { apiVersion, kind } = wanted;
          const get = () =>
            cluster.get({ apiVersion, kind, name, namespace }, signal);
          let live: KubernetesObject | undefined;
          let expected: KubernetesObject | undefined;
          let after = await get();
          // The cluster's controllers write to it in between; a dry run does not.
          do {
            live = after;
            expected = await tried(
              cluster.apply(
                wanted,
                { manager: fieldManager, dryRun: true },
                signal,
              ),
            );
            after = await get();
          } while (
            after?.metadata.resourceVersion !== live?.metadata.resourceVersion
          );
          if (live === undefined) return;
          const isProven = isAlreadyApplied(wanted, live);
          const isSame =
            expected !== undefined &&
            changedObjects([{ wanted, live, expected }]).length === 0;
          same += Number(isSame);
          proven += Number(isProven);
          const isUntouched =
            isSame &&
            expected?.metadata.resourceVersion ===
              live.metadata.resourceVersion;
          expect(isProven && !isUntouched).toBe(false);
        },
      ),
      { seed, numRuns },
    );
    process.stdout.write(
      `${count} objects: ${same} as they should be, ${proven} proven without a dry run\n`,
    );
    expect(proven).toBeGreaterThan(5);
  });
});
