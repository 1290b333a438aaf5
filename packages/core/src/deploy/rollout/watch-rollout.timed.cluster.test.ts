import { startCluster } from 'dojo-testing';
import type { PullProblem, TestCluster } from 'dojo-testing';
import type { Cluster, ObjectKind } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { openCluster } from '../../kubernetes/open-cluster';
import { systemTimer } from '../../local/system-timer';
import { mapsAt, textAt } from '../health/object-fields';
import { watchRollout } from './watch-rollout';
import type { RolloutEnd } from './watch-rollout';

jest.setTimeout(300_000);

/** Milliseconds from what the API server tells to the line that says so. */
const maxDelay = 1_000;
const { signal } = new AbortController();
const clock = { now: () => new Date() };
const sleeps = ['sh', '-c', 'sleep 600'];

/** Deployment `ledger` with what a test says of its pod and its container. */
const ledger = (
  image: string,
  {
    pod = {} as object,
    container = {} as object,
    command = sleeps,
    strategy = 'Recreate',
  } = {},
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ledger' },
  spec: {
    replicas: 1,
    strategy: { type: strategy },
    selector: { matchLabels: { app: 'ledger' } },
    template: {
      metadata: { labels: { app: 'ledger' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        ...pod,
        containers: [{ name: 'ledger', image, command, ...container }],
      },
    },
  },
});

/** When a test's own watch first saw what is to be told. */
class Witness {
  /** In milliseconds; what is to be told is there to stay. */
  readonly since: Promise<number>;

  constructor(
    cluster: Cluster,
    namespace: string,
    kind: ObjectKind,
    holds: (object: KubernetesObject) => boolean,
    of: AbortSignal,
  ) {
    const watch = async () => {
      for await (const change of cluster.follow(kind, { namespace }, of)) {
        const objects =
          change.kind === 'snapshot' ? change.objects : [change.object];
        if (objects.some(holds)) return performance.now();
      }
      throw new Error('it was never seen');
    };
    this.since = watch();
    this.since.catch(() => undefined);
  }
}

const pods = { apiVersion: 'v1', kind: 'Pod' };
const events = { apiVersion: 'v1', kind: 'Event' };
const sets = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const waitsWith =
  (...reasons: string[]) =>
  (pod: KubernetesObject) =>
    mapsAt(pod, 'status', 'containerStatuses').some(status =>
      reasons.includes(textAt(status, 'state', 'waiting', 'reason') ?? ''),
    );
/** A pull that failed; the first of them is there for some hundred milliseconds. */
const isNotPulled = waitsWith('ErrImagePull', 'ImagePullBackOff');
const isRefused = (set: KubernetesObject) =>
  mapsAt(set, 'status', 'conditions').some(
    ({ type }) => type === 'ReplicaFailure',
  );

describe('watchRollout, on a real control plane', () => {
  let testbed: TestCluster;
  let cluster: Cluster;
  const pulls = new Map<string, () => PullProblem | undefined>();
  const delays: number[] = [];

  beforeAll(async () => {
    testbed = await startCluster();
    testbed.node.setPull(image => pulls.get(image)?.());
    cluster = await openCluster(
      { kubeconfig: { path: testbed.kubeconfig } },
      signal,
    );
  });
  afterAll(async () => {
    process.stdout.write(`status to message, ms: ${delays.join(', ')}\n`);
    await cluster?.dispose();
    await testbed?.stop();
  });

  interface Watched {
    readonly end: RolloutEnd;
    readonly lines: readonly string[];
    /** Milliseconds that it was watched. */
    readonly took: number;
    /** Milliseconds from the witness to the first line that has the text. */
    delayOf(text: string): Promise<number>;
  }
  /** Applies the objects, and watches them to their end. */
  const rollOut = async (
    namespace: string,
    objects: readonly KubernetesObject[],
    {
      seconds = 120,
      of = pods,
      holds,
    }: {
      readonly seconds?: number;
      readonly of?: ObjectKind;
      readonly holds?: (object: KubernetesObject) => boolean;
    } = {},
  ): Promise<Watched> => {
    const before = performance.now();
    const over = new AbortController();
    const witness = new Witness(
      cluster,
      namespace,
      of,
      holds ?? (() => false),
      over.signal,
    );
    const applied: KubernetesObject[] = [];
    for (const object of objects) {
      const { metadata } = object;
      const answer = await cluster.apply(
        { ...object, metadata: { ...metadata, namespace } },
        { manager: 'dojo-portal' },
        signal,
      );
      applied.push(answer.object);
    }
    const told: { readonly at: number; readonly line: string }[] = [];
    try {
      const end = await watchRollout(
        {
          cluster,
          namespace,
          objects: applied,
          deadline: new Date(Date.now() + seconds * 1_000),
          clock,
          timer: systemTimer,
          log: line => told.push({ at: performance.now(), line }),
        },
        signal,
      );
      return {
        end,
        lines: told.map(({ line }) => line),
        took: performance.now() - before,
        async delayOf(text) {
          const first = told.find(({ line }) => line.includes(text));
          if (first === undefined) {
            throw new Error(`${text}: ${told.map(({ line }) => line)}`);
          }
          const delay = first.at - (await witness.since);
          delays.push(Math.round(delay));
          return delay;
        },
      };
    } finally {
      // What the rollout ended with may come to the witness a moment later.
      if (holds) await witness.since;
      over.abort();
    }
  };
  const namespaceFor = (prefix: string, labels = {}) =>
    testbed.createNamespace({ prefix, labels });

  it('tells that it is healthy: first, without a change, and with a claim', async () => {
    const namespace = await namespaceFor('healthy');
    const claim: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'dojo-data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    };
    const volumes = [
      { name: 'data', persistentVolumeClaim: { claimName: 'dojo-data' } },
    ];
    const objects = [
      claim,
      ledger('acme/ledger:1', {
        pod: { volumes },
        container: { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      }),
    ];
    const first = await rollOut(namespace, objects);
    expect(first.end).toMatchObject({
      kind: 'healthy',
      objects: [{ status: 'Current', reason: 'Bound' }, { status: 'Current' }],
    });
    const again = await rollOut(namespace, objects);
    expect(again.end.kind).toBe('healthy');
    expect(again.lines).toEqual([]);
  });

  it('tells a crash with code and previous log, and not that of the version before', async () => {
    const namespace = await namespaceFor('crash');
    const crash = (line: string, code: number) => [
      'sh',
      '-c',
      `echo "${line}" >&2; sleep 0.2; exit ${code}`,
    ];
    const first = await rollOut(
      namespace,
      [
        ledger('acme/ledger:1', {
          command: crash('Could not set lock on file /data/ledger.duckdb', 3),
        }),
      ],
      {
        holds: pod =>
          mapsAt(pod, 'status', 'containerStatuses').some(
            status => Number(status.restartCount) > 0,
          ),
      },
    );
    expect(first.end).toMatchObject({
      kind: 'failed',
      causes: [
        {
          code: 'CONTAINER_CRASHED',
          sentence: expect.stringMatching(
            /^container ledger ended with exit code 3 .*Could not set lock on file \/data\/ledger.duckdb$/,
          ),
          log: ['Could not set lock on file /data/ledger.duckdb'],
        },
      ],
    });
    // The next version comes up while the first one still crashes.
    const second = await rollOut(namespace, [
      ledger('acme/ledger:2', { strategy: 'RollingUpdate' }),
    ]);
    expect(second.end.kind).toBe('healthy');
    expect(second.lines.join()).not.toContain('exit code');
  });

  it('tells an image that is not there at once, and waits for a registry that is busy', async () => {
    const namespace = await namespaceFor('pull');
    const digest = `sha256:${'ab'.repeat(32)}`;
    const image = `registry.example.test/acme/ledger@${digest}`;
    pulls.set(image, () => ({
      reason: 'ErrImagePull',
      message: `failed to resolve reference "${image}": ${image}: not found`,
    }));
    const missing = await rollOut(namespace, [ledger(image)], {
      holds: isNotPulled,
    });
    expect(missing.end).toMatchObject({
      kind: 'failed',
      causes: [{ code: 'IMAGE_NOT_FOUND' }],
    });
    const [{ sentence }] = missing.end.causes;
    expect(sentence).toContain(digest);
    expect(sentence).toContain('from registry.example.test');
    expect(await missing.delayOf('not found')).toBeLessThan(maxDelay);

    let tries = 0;
    pulls.set('acme/busy:1', () =>
      ++tries > 3
        ? undefined
        : {
            reason: 'ErrImagePull',
            message: '429 Too Many Requests - toomanyrequests: slow down',
          },
    );
    const busy = await rollOut(namespace, [ledger('acme/busy:1')], {
      holds: isNotPulled,
    });
    expect(busy.end.kind).toBe('healthy');
    expect(await busy.delayOf('rate limit')).toBeLessThan(maxDelay);
  });

  it('tells a quota with its numbers within a second', async () => {
    const namespace = await namespaceFor('quota');
    await testbed.apply(
      'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: compute}\nspec: {hard: {limits.memory: 256Mi}}\n',
      { namespace },
    );
    const told = await rollOut(
      namespace,
      [
        ledger('acme/ledger:1', {
          container: { resources: { limits: { memory: '512Mi' } } },
        }),
      ],
      { of: sets, holds: isRefused },
    );
    const text =
      'quota compute is exceeded: requested: limits.memory=512Mi, used: limits.memory=0, limited: limits.memory=256Mi';
    expect(told.end).toMatchObject({
      kind: 'failed',
      causes: [
        { code: 'QUOTA_EXCEEDED', sentence: `no pod can be made: ${text}` },
      ],
    });
    expect(await told.delayOf(text)).toBeLessThan(maxDelay);
    expect(await told.delayOf('the rollout has failed')).toBeLessThan(
      maxDelay + 200,
    );
  });

  it('tells that PodSecurity refuses the pod', async () => {
    const namespace = await namespaceFor('security', {
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    const told = await rollOut(namespace, [ledger('acme/ledger:1')], {
      of: sets,
      holds: isRefused,
    });
    expect(told.end).toMatchObject({
      kind: 'failed',
      causes: [
        {
          code: 'POD_REFUSED',
          sentence: expect.stringContaining(
            'violates PodSecurity "restricted:latest"',
          ),
        },
      ],
    });
    expect(await told.delayOf('violates PodSecurity')).toBeLessThan(maxDelay);
  });

  describe('what may still come', () => {
    let watched: Readonly<
      Record<
        'away' | 'tooLarge' | 'unmounted' | 'unready' | 'unconfigured',
        Promise<Watched>
      >
    >;

    // Each is watched as long as it may come: nothing but time, so all are at once.
    beforeAll(async () => {
      pulls.set('acme/away:1', () => ({
        reason: 'ErrImagePull',
        message: 'dial tcp 127.0.0.1:1: i/o timeout',
      }));
      watched = {
        away: rollOut(await namespaceFor('backoff'), [ledger('acme/away:1')]),
        tooLarge: rollOut(
          await namespaceFor('cpu'),
          [
            ledger('acme/ledger:1', {
              container: { resources: { requests: { cpu: '1000' } } },
            }),
          ],
          {
            holds: pod =>
              mapsAt(pod, 'status', 'conditions').some(
                ({ reason }) => reason === 'Unschedulable',
              ),
          },
        ),
        unmounted: rollOut(
          await namespaceFor('mount'),
          [
            ledger('acme/ledger:1', {
              pod: {
                volumes: [{ name: 'rates', configMap: { name: 'rates-gone' } }],
              },
              container: {
                volumeMounts: [{ name: 'rates', mountPath: '/rates' }],
              },
            }),
          ],
          {
            seconds: 12,
            of: events,
            holds: event => textAt(event, 'reason') === 'FailedMount',
          },
        ),
        unready: rollOut(
          await namespaceFor('probe'),
          [
            ledger('acme/ledger:1', {
              container: {
                ports: [{ containerPort: 8000 }],
                readinessProbe: {
                  httpGet: { path: '/healthz', port: 8000 },
                  periodSeconds: 1,
                },
              },
            }),
          ],
          {
            seconds: 12,
            of: events,
            holds: event => textAt(event, 'reason') === 'Unhealthy',
          },
        ),
        unconfigured: rollOut(
          await namespaceFor('config'),
          [
            ledger('acme/ledger:1', {
              container: { envFrom: [{ secretRef: { name: 'db' } }] },
            }),
          ],
          { holds: waitsWith('CreateContainerConfigError') },
        ),
      };
      // What fails meanwhile is told by the test that asks for it.
      void Promise.allSettled(Object.values(watched));
    });

    it('is told of a volume that cannot be mounted, to the deadline', async () => {
      const { end, delayOf } = await watched.unmounted;
      expect(end).toMatchObject({
        kind: 'deadline',
        causes: [
          {
            code: 'MOUNT_FAILED',
            sentence: expect.stringContaining('rates-gone'),
          },
        ],
      });
      expect(await delayOf('cannot be mounted')).toBeLessThan(maxDelay);
    });

    it('is told of a probe, to the deadline', async () => {
      const { end, delayOf } = await watched.unready;
      expect(end).toMatchObject({
        kind: 'deadline',
        causes: [
          {
            code: 'PROBE_FAILED',
            sentence: expect.stringContaining('Readiness probe failed'),
          },
        ],
      });
      expect(await delayOf('is not ready')).toBeLessThan(maxDelay);
    });

    it('is told at once of a reference that is not there', async () => {
      const { end, delayOf } = await watched.unconfigured;
      expect(end).toMatchObject({
        kind: 'failed',
        causes: [
          {
            code: 'CONTAINER_CONFIG',
            sentence: expect.stringContaining('"db" not found'),
          },
        ],
      });
      expect(await delayOf('cannot be made')).toBeLessThan(maxDelay);
    });

    it('is another pull, for 30 seconds', async () => {
      const { end, took } = await watched.away;
      expect(end).toMatchObject({
        kind: 'failed',
        causes: [
          {
            code: 'IMAGE_PULL_FAILED',
            sentence: expect.stringContaining('i/o timeout'),
          },
        ],
      });
      expect(took).toBeGreaterThan(29_000);
      expect(took).toBeLessThan(45_000);
    });

    it('is a node that takes the pod, told of at once, for a minute', async () => {
      const { end, took, delayOf } = await watched.tooLarge;
      expect(end).toMatchObject({
        kind: 'failed',
        causes: [
          {
            code: 'UNSCHEDULABLE',
            sentence: expect.stringContaining('Insufficient cpu'),
          },
        ],
      });
      expect(await delayOf('Insufficient cpu')).toBeLessThan(maxDelay);
      // Whole seconds are told by the API server.
      expect(took).toBeGreaterThan(58_500);
      expect(took).toBeLessThan(75_000);
    });
  });
});
