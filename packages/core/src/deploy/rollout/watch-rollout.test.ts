import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import {
  at,
  configMap,
  crashed,
  deployment,
  event,
  imageOf,
  pod,
  refused,
  replicaSet,
  runs,
  start,
  waits,
} from './__testUtils__/ledger-objects';
import { TestTime } from './__testUtils__/test-time';
import { ToldCluster } from './__testUtils__/told-cluster';
import { watchRollout } from './watch-rollout';
import type { RolloutEnd } from './watch-rollout';

const kinds = ['Deployment', 'ReplicaSet', 'Pod', 'Event'];
const quota =
  'pods "ledger-x" is forbidden: exceeded quota: compute, requested: limits.memory=512Mi, used: limits.memory=0, limited: limits.memory=256Mi';

describe('watchRollout', () => {
  let time: TestTime;
  let cluster: ToldCluster;
  let lines: string[];
  let end: RolloutEnd | undefined;
  let watching: Promise<unknown>;
  let controller: AbortController;

  beforeEach(() => {
    time = new TestTime(start);
    cluster = new ToldCluster();
    lines = [];
    end = undefined;
    controller = new AbortController();
  });
  afterEach(async () => {
    controller.abort();
    await Promise.allSettled([watching]);
  });

  /** Watches the second version while the first is there. */
  const watch = async (
    objects: readonly KubernetesObject[] = [
      deployment('v2', { observed: 1, known: 'v1' }),
    ],
    there: readonly KubernetesObject[] = [
      deployment('v2', { observed: 1, known: 'v1', ready: 1 }),
      replicaSet('v1'),
    ],
  ) => {
    watching = watchRollout(
      {
        cluster,
        namespace: 'ledger-dev',
        objects,
        deadline: new Date(start.getTime() + 600_000),
        clock: time,
        timer: time,
        log: line => lines.push(line),
      },
      controller.signal,
    ).then(found => {
      end = found;
    });
    watching.catch(() => undefined);
    cluster.start(kinds, there);
    await time.pass(0);
  };
  /** The second version is on its way. */
  const begun = [deployment('v2'), replicaSet('v1'), replicaSet('v2')];
  const begin = () => watch(undefined, begun);
  const tell = async (...objects: readonly KubernetesObject[]) => {
    cluster.change(...objects);
    // A judgement may have been made just before.
    await time.pass(100);
  };
  const codes = () => end?.causes.map(({ code }) => code);

  it('ends as soon as all is as it was applied, and not by what was there before', async () => {
    await watch();
    await tell(deployment('v2', { generation: 1, ready: 1 }));
    expect(end).toBeUndefined();
    await tell(
      replicaSet('v2'),
      deployment('v2'),
      pod('v2', waits('ContainerCreating')),
    );
    expect(end).toBeUndefined();
    await tell(pod('v2', runs(-60)), deployment('v2', { ready: 1 }));
    expect(end).toMatchObject({
      kind: 'healthy',
      causes: [],
      objects: [{ kind: 'Deployment', name: 'ledger', status: 'Current' }],
    });
    expect(lines.at(-1)).toBe(
      'Deployment/ledger-dev/ledger: Current, Available: 1 of 1 pods are ready',
    );
  });

  describe('where all containers have a readiness probe', () => {
    const withProbes = (given: KubernetesObject): KubernetesObject => {
      const object = structuredClone(given) as unknown as {
        spec: { template: { spec: { containers: object[] } } };
      };
      for (const container of object.spec.template.spec.containers) {
        Object.assign(container, { readinessProbe: {} });
      }
      return object as unknown as KubernetesObject;
    };
    const probed = (...of: Parameters<typeof deployment>) =>
      withProbes(deployment(...of));
    const newest = (...of: object[]) => withProbes(replicaSet('v2', ...of));
    const beginProbed = () =>
      watch([probed('v2')], [probed('v2'), replicaSet('v1'), newest()]);

    it('asks for the Deployment alone as long as it may come up at once', async () => {
      await beginProbed();
      await time.pass(300);
      await tell(probed('v2', { ready: 1 }));
      expect(end?.kind).toBe('healthy');
      expect(cluster.followed).toEqual(['Deployment']);
    });

    it('asks why it does not within a second, and tells', async () => {
      await beginProbed();
      await tell(pod('v2', waits('ErrImagePull', 'manifest unknown')));
      expect(end).toBeUndefined();
      await time.pass(600);
      expect(cluster.followed).toEqual(kinds);
      expect(codes()).toEqual(['IMAGE_NOT_FOUND']);
    });

    it('asks at once where the Deployment says that no pod is made, which may be of the former version', async () => {
      await beginProbed();
      const condition = refused(quota, 0);
      await tell(probed('v2', { conditions: [condition] }));
      expect(cluster.followed).toEqual(kinds);
      expect(end).toBeUndefined();
      await tell(
        newest({ conditions: [condition] }),
        probed('v2', { conditions: [condition] }),
      );
      await time.pass(60_000);
      expect(codes()).toEqual(['QUOTA_EXCEEDED']);
    });
  });

  it('asks for nothing where the API server has all, and for no Secret', async () => {
    await watch([configMap('a'), { ...configMap('b'), kind: 'Secret' }], []);
    expect(end?.kind).toBe('healthy');
    expect(end?.objects).toHaveLength(2);
    expect(cluster.followed).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('believes a container without a readiness probe once it has run for a while', async () => {
    await begin();
    await tell(pod('v2', runs(0)), deployment('v2', { ready: 1 }));
    expect(end).toBeUndefined();
    expect(lines.at(-1)).toContain('InProgress, ContainersJustStarted');
    await time.pass(2_800);
    expect(end).toBeUndefined();
    await time.pass(100);
    expect(end?.kind).toBe('healthy');
  });

  it('does not take the moment in which a container runs before it ends for healthy', async () => {
    await begin();
    await tell(pod('v2', runs(0)), deployment('v2', { ready: 1 }));
    // The pod is told of first.
    await tell(pod('v2', crashed(2)));
    expect(end).toBeUndefined();
    await tell(deployment('v2'));
    await time.pass(3_000);
    expect(codes()).toEqual(['CONTAINER_CRASHED']);
  });

  it('tells an image that is not there at once', async () => {
    await begin();
    await tell(pod('v2', waits('ErrImagePull', 'manifest unknown')));
    expect(end).toMatchObject({
      kind: 'failed',
      causes: [
        {
          code: 'IMAGE_NOT_FOUND',
          object: 'Pod/ledger-dev/ledger-v2-x',
          sentence: `image ${imageOf(
            'v2',
          )} cannot be pulled from ghcr.io: manifest unknown`,
        },
      ],
      objects: [{ status: 'Failed', reason: 'IMAGE_NOT_FOUND' }],
    });
    expect(lines.slice(-2)).toEqual([
      `the rollout has failed: Pod/ledger-dev/ledger-v2-x: ${
        end!.causes[0].sentence
      }`,
      end!.causes[0].hint,
    ]);
  });

  it('goes on where the registry asks to come back later', async () => {
    await begin();
    await tell(pod('v2', waits('ErrImagePull', '429 Too Many Requests')));
    await time.pass(40_000);
    await tell(
      event(
        pod('v2', {}),
        'Failed',
        'Failed to pull image "x": 429 Too Many Requests',
      ),
      pod('v2', waits('ImagePullBackOff', 'Back-off pulling image "x"')),
    );
    expect(end).toBeUndefined();
    expect(lines.filter(line => line.includes('rate limit'))).toHaveLength(1);
    await tell(pod('v2', runs(-60)), deployment('v2', { ready: 1 }));
    expect(end?.kind).toBe('healthy');
  });

  it('waits 30 seconds for another pull, and tells why it failed first', async () => {
    await begin();
    const failing = pod('v2', waits('ImagePullBackOff', 'Back-off pulling'));
    await tell(
      event(failing, 'Failed', 'Failed to pull image "x": i/o timeout'),
      failing,
    );
    await time.pass(29_800);
    expect(end).toBeUndefined();
    await time.pass(300);
    expect(codes()).toEqual(['IMAGE_PULL_FAILED']);
    expect(end?.causes[0].sentence).toContain('i/o timeout');
  });

  it('does not count the time before a container waited', async () => {
    await begin();
    await time.pass(120_000);
    await tell(
      pod('v2', waits('CreateContainerConfigError', 'secret "a" not found')),
    );
    expect(end).toBeUndefined();
    await time.pass(30_000);
    expect(codes()).toEqual(['CONTAINER_CONFIG']);
  });

  it('tells a quota within a second of the condition', async () => {
    await begin();
    const since = time.now().getTime();
    const condition = refused(quota, (since - start.getTime()) / 1_000);
    await tell(replicaSet('v2', { conditions: [condition] }));
    expect(lines.at(-1)).toContain('quota compute is exceeded');
    expect(end).toBeUndefined();
    await time.pass(900);
    expect(end).toMatchObject({
      kind: 'failed',
      causes: [
        {
          code: 'QUOTA_EXCEEDED',
          sentence: expect.stringMatching(/512Mi.*limits.memory=0.*256Mi/),
        },
      ],
    });
    expect(time.now().getTime() - since).toBe(1_000);
  });

  it('believes what a Deployment says only of its present ReplicaSet', async () => {
    const stale = [
      refused(quota, -600),
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ];
    await watch(
      [deployment('v2', { observed: 1, known: 'v1' })],
      [
        // Recreate: the controller has seen the change, and first takes the old pods away.
        deployment('v2', { known: 'v1', conditions: stale }),
        replicaSet('v1', { conditions: [refused(quota, -600)] }),
        pod('v1', crashed(7)),
      ],
    );
    await time.pass(60_000);
    expect(end).toBeUndefined();
  });

  it('reads the log of the run before it judges, also where the container runs again', async () => {
    await begin();
    cluster.logs.set('ledger-v2-x/ledger previous', ['start', 'lock on file']);
    await tell(pod('v2', crashed(1, { running: true })));
    expect(end).toBeUndefined();
    await tell(pod('v2', crashed(2, { running: true })));
    // Once more after the log is there.
    await time.pass(100);
    expect(end).toMatchObject({
      kind: 'failed',
      causes: [
        {
          code: 'CONTAINER_CRASHED',
          sentence:
            'container ledger ended with exit code 3 and was restarted 2 times: lock on file',
          log: ['start', 'lock on file'],
        },
      ],
    });
    expect(lines).toContain('  | lock on file');
    expect(cluster.readLogs).toEqual(
      Array.from({ length: 2 }, () => 'ledger-v2-x/ledger previous'),
    );
  });

  it('tells a crash without its log where that cannot be read in time', async () => {
    await begin();
    cluster.readLog = (_container, ...rest: readonly unknown[]) =>
      new Promise((_resolve, reject) => {
        const signal = rest[1] as AbortSignal;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    await tell(pod('v2', crashed(5)));
    expect(end).toBeUndefined();
    await time.pass(3_000);
    expect(codes()).toEqual(['CONTAINER_CRASHED']);
  });

  it('gives an unschedulable pod a minute, and more where a node is added', async () => {
    await begin();
    const unplaced = (name: string) =>
      pod(
        'v2',
        {
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              lastTransitionTime: at(0),
              message: '0/1 nodes are available: 1 Insufficient cpu.',
            },
          ],
        },
        { name },
      );
    await tell(
      unplaced('a'),
      event(unplaced('a'), 'TriggeredScaleUp', 'pod triggered scale-up'),
    );
    await time.pass(300_000);
    expect(end).toBeUndefined();
    const later = time.now().getTime();
    const other = unplaced('b') as never as {
      status: { conditions: { lastTransitionTime: string }[] };
    };
    other.status.conditions[0].lastTransitionTime = new Date(
      later,
    ).toISOString();
    await tell(other as never);
    await time.pass(59_800);
    expect(end).toBeUndefined();
    await time.pass(200);
    expect(codes()).toEqual(['UNSCHEDULABLE', 'UNSCHEDULABLE']);
    expect(end?.causes[0]).toMatchObject({
      object: 'Pod/ledger-dev/b',
      sentence: expect.stringContaining('Insufficient cpu'),
    });
  });

  it('ends at the deadline with what is known, or with what it waits for', async () => {
    await begin();
    await time.pass(599_900);
    expect(end).toBeUndefined();
    await time.pass(100);
    expect(end).toMatchObject({
      kind: 'deadline',
      causes: [
        {
          code: 'DEADLINE_EXCEEDED',
          object: 'Deployment/ledger-dev/ledger',
          sentence:
            'the rollout did not end within its deadline: Deployment/ledger-dev/ledger (0 of 1 pods are available)',
        },
      ],
    });
  });

  it('says every 30 seconds that it goes on, and nothing twice', async () => {
    await begin();
    const mounts = event(
      pod('v2', {}),
      'FailedMount',
      'configmap "a" not found',
    );
    await tell(pod('v2', waits('ContainerCreating')), mounts);
    await tell(mounts, { ...mounts, count: 2 });
    await time.pass(60_000);
    expect(lines).toEqual([
      'Deployment/ledger-dev/ledger: InProgress, LessAvailable: 0 of 1 pods are available',
      'Pod/ledger-dev/ledger-v2-x: a volume cannot be mounted: configmap "a" not found',
      'waits for 1 of 1 objects, 9 min 30 s left: Deployment/ledger-dev/ledger (pod ledger-v2-x: container ledger waits with ContainerCreating)',
      'waits for 1 of 1 objects, 9 min 0 s left: Deployment/ledger-dev/ledger (pod ledger-v2-x: container ledger waits with ContainerCreating)',
    ]);
  });

  it('tells of what somebody deletes meanwhile', async () => {
    await begin();
    cluster.tell('Deployment', { kind: 'removed', object: deployment('v2') });
    await time.pass(100);
    expect(lines.at(-1)).toContain('was deleted by somebody');
    await time.pass(30_000);
    expect(codes()).toEqual(['OBJECT_GONE']);
    expect(end?.objects[0].status).toBe('Failed');
  });

  it('goes on without what it may not read, but not without the objects themselves', async () => {
    const forbidden = (resource: string) =>
      new ClusterRefusal({
        status: 403,
        reason: 'Forbidden',
        message: `${resource} is forbidden`,
        causes: [],
        verb: 'watch',
        resource,
        group: '',
        object: { apiVersion: 'v1', kind: 'Event' },
        dryRun: false,
      });
    cluster.refusals.set('Event', forbidden('events'));
    await begin();
    expect(lines[0]).toBe(
      'changes of Event cannot be read, so that less is told: events is forbidden',
    );
    await tell(deployment('v2', { ready: 1 }));
    expect(end?.kind).toBe('healthy');

    cluster = new ToldCluster();
    cluster.refusals.set('Deployment', forbidden('deployments'));
    await watch();
    await expect(watching).rejects.toThrow('deployments is forbidden');
  });

  it('throws what the cluster throws where it stays away, and what the signal says', async () => {
    await begin();
    cluster.tell('Pod', new Error('unreachable'));
    await time.pass(100);
    await expect(watching).rejects.toThrow('unreachable');

    cluster = new ToldCluster();
    await begin();
    controller.abort(new Error('stopped'));
    await expect(watching).rejects.toThrow('stopped');
  });

  it('takes a claim that waits for its first consumer for healthy, and tells why one gets no volume', async () => {
    const claim = (phase: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'dojo-data', namespace: 'ledger-dev', uid: 'c' },
      spec: { storageClassName: 'fast' },
      status: { phase },
    });
    cluster.classes = [
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'fast' },
        volumeBindingMode: 'WaitForFirstConsumer',
      },
    ];
    watching = watch([claim('')], []);
    cluster.start(['PersistentVolumeClaim'], [claim('Pending')]);
    await time.pass(100);
    expect(end?.kind).toBe('healthy');

    cluster = new ToldCluster();
    await watch([claim('')], []);
    cluster.start(['PersistentVolumeClaim'], [claim('Pending')]);
    await tell(event(claim(''), 'ProvisioningFailed', 'no space'));
    expect(lines.join()).toContain(
      'no volume can be made for the claim: no space',
    );
    await tell(claim('Lost'));
    expect(codes()).toEqual(['OBJECT_FAILED']);
  });
});
