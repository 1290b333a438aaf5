import { parseObjects } from '../objects/parse-objects';
import { createHealthContext } from '../health/health-context';
import { now, secondsAgo } from '../health/__testUtils__/health-of';
import { explainFailure } from './explain-failure';
import { isFatal } from './failure-cause';
import type { FailureCause } from './failure-cause';

const image = '127.0.0.1:5000/acme/ledger@sha256:0000';
const deployment = (conditions = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger, namespace: ledger-dev, uid: d, annotations: {deployment.kubernetes.io/revision: "2"}}
status: {conditions: [${conditions}]}
`;
const set = (name: string, revision: number, status = '') => `---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: ${name}
  namespace: ledger-dev
  uid: ${name}
  annotations: {deployment.kubernetes.io/revision: "${revision}"}
  ownerReferences: [{kind: Deployment, name: ledger, uid: d, controller: true}]
status: {${status}}
`;
const pod = (
  status: string,
  { owner = 'new', name = 'p', seconds = 5, spec = '' } = {},
) => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ledger-dev
  creationTimestamp: "${secondsAgo(seconds)}"
  ownerReferences: [{kind: ReplicaSet, name: ${owner}, uid: ${owner}, controller: true}]
spec: {containers: [{name: ledger, image: "${image}", resources: {limits: {memory: 512Mi}}}], ${spec}}
status: {startTime: "${secondsAgo(seconds)}", ${status}}
`;
const event = (
  reason: string,
  message: string,
  { kind = 'Pod', name = 'p' } = {},
) => `---
apiVersion: v1
kind: Event
metadata: {name: e, namespace: ledger-dev}
involvedObject: {kind: ${kind}, name: ${name}, namespace: ledger-dev}
reason: ${reason}
message: ${JSON.stringify(message)}
firstTimestamp: "${secondsAgo(4)}"
`;
const waiting = (reason: string, message = '') =>
  `phase: Pending, conditions: [{type: PodScheduled, status: "True"}], containerStatuses: [{name: ledger, image: "${image}", restartCount: 0, state: {waiting: {reason: ${reason}, message: ${JSON.stringify(
    message,
  )}}}}]`;
const crashed = (
  restarts: number,
  terminated = 'exitCode: 3, reason: Error',
  state = 'waiting: {reason: CrashLoopBackOff}',
) =>
  `phase: Running, containerStatuses: [{name: ledger, restartCount: ${restarts}, state: {${state}}, lastState: {terminated: {${terminated}}}}]`;
const refused = (message: string, seconds = 1) =>
  `{type: ReplicaFailure, status: "True", reason: FailedCreate, lastTransitionTime: "${secondsAgo(
    seconds,
  )}", message: ${JSON.stringify(
    message,
  )}}, {type: Progressing, status: "True"}`;

const explain = (
  yaml: string,
  log: Record<string, readonly string[]> = {},
): FailureCause[] => {
  const objects = parseObjects(yaml, 'test.yaml');
  return explainFailure(
    objects[0],
    createHealthContext(objects, now),
    ({ metadata }, container) => log[`${metadata.name}/${container}`] ?? [],
  );
};
const only = (yaml: string, log?: Record<string, readonly string[]>) => {
  const found = explain(yaml, log);
  expect(found).toHaveLength(1);
  const [{ code, object, sentence, fatalAfter }] = found;
  return { code, object, sentence, fatalAfter };
};
const base = deployment() + set('new', 2);
const quota =
  'pods "ledger-7d4c9-x" is forbidden: exceeded quota: compute, requested: limits.memory=512Mi, used: limits.memory=0, limited: limits.memory=256Mi';

describe('explainFailure', () => {
  it('finds nothing in what starts, and in what is ready', () => {
    expect(explain(base + pod(waiting('ContainerCreating')))).toEqual([]);
    expect(
      explain(
        base +
          pod('phase: Running, conditions: [{type: Ready, status: "True"}]') +
          event('Unhealthy', 'Readiness probe failed'),
      ),
    ).toEqual([]);
    expect(explain(deployment())).toEqual([]);
  });

  describe('when no pod can be made', () => {
    it('names the quota and its three numbers', () => {
      expect(
        only(
          deployment(refused(quota)) +
            set('new', 2, `conditions: [${refused(quota)}]`),
        ),
      ).toEqual({
        code: 'QUOTA_EXCEEDED',
        object: 'Deployment/ledger-dev/ledger',
        sentence:
          'no pod can be made: quota compute is exceeded: requested: limits.memory=512Mi, used: limits.memory=0, limited: limits.memory=256Mi',
        fatalAfter: 1,
      });
    });

    it('gives a former pod that is going time to give back what it holds', () => {
      const yaml =
        deployment(refused(quota)) +
        set('new', 2, `conditions: [${refused(quota)}]`) +
        set('old', 1, 'replicas: 1') +
        pod('phase: Running', { owner: 'old' });
      expect(only(yaml).fatalAfter).toBe(1);
      expect(
        only(
          yaml.replace(
            'name: p\n',
            `name: p\n  deletionTimestamp: "${secondsAgo(1)}"\n`,
          ),
        ).fatalAfter,
      ).toBe(30);
    });

    it('does not repeat what was said of the former ReplicaSet', () => {
      const status = `conditions: [${refused(quota)}]`;
      const late =
        '{type: Progressing, status: "False", reason: ProgressDeadlineExceeded}';
      // With the strategy Recreate the new one is made once the pods of the former are gone.
      expect(
        explain(deployment(refused(quota)) + set('old', 1, status)),
      ).toEqual([]);
      expect(explain(deployment(late) + set('old', 1))).toEqual([]);
      expect(
        explain(deployment(refused(quota)) + base.slice(deployment().length)),
      ).toEqual([]);
    });

    it('blames no pod of a ReplicaSet of another template, whatever its revision', () => {
      const template = (image_: string, hash = '') =>
        `spec: {template: {metadata: {labels: {app: a, ${hash}}}, spec: {image: ${image_}}}}\n`;
      const yaml = (of: string) =>
        deployment() +
        template('b') +
        set('new', 2) +
        template(of, 'pod-template-hash: x') +
        pod(crashed(9));
      expect(explain(yaml('a'))).toEqual([]);
      expect(explain(yaml('b'))).toHaveLength(1);
    });

    it('tells nothing of what its controller has not seen yet', () => {
      const [seen, wanted] = [
        deployment(refused(quota)).replace(
          'status: {',
          'status: {observedGeneration: 2, ',
        ),
        'uid: d, generation: ',
      ];
      expect(explain(seen.replace('uid: d', `${wanted}2`))).toHaveLength(1);
      expect(explain(seen.replace('uid: d', `${wanted}3`))).toEqual([]);
    });

    it('tells it of a ReplicaSet that cannot be made', () => {
      expect(
        only(
          deployment(
            '{type: Progressing, status: "False", reason: ReplicaSetCreateError, message: "exceeded quota: sets"}',
          ) + set('old', 1),
        ),
      ).toMatchObject({
        code: 'POD_REFUSED',
        sentence: 'no pod can be made: exceeded quota: sets',
        fatalAfter: 30,
      });
    });

    it('learns it from an event before there is a condition', () => {
      expect(
        only(
          base +
            event('FailedCreate', quota, { kind: 'ReplicaSet', name: 'new' }),
        ).code,
      ).toBe('QUOTA_EXCEEDED');
      expect(
        explain(
          base +
            event('FailedCreate', quota, {
              kind: 'ReplicaSet',
              name: 'new',
            }).replace(secondsAgo(4), secondsAgo(31)),
        ),
      ).toEqual([]);
      expect(
        explain(
          deployment() +
            set('new', 2, 'replicas: 1') +
            event('FailedCreate', quota, { kind: 'ReplicaSet', name: 'new' }),
        ),
      ).toEqual([]);
    });

    it('ends at once where a policy forbids it', () => {
      const said =
        'pods "x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true';
      expect(only(deployment(refused(said)))).toEqual({
        code: 'POD_REFUSED',
        object: 'Deployment/ledger-dev/ledger',
        sentence: `no pod can be made: ${said}`,
        fatalAfter: 0,
      });
      expect(only(deployment(refused('etcd is slow'))).fatalAfter).toBe(30);
    });
  });

  describe('when an image cannot be pulled', () => {
    it.each([
      [
        'ErrImagePull',
        `failed to resolve reference "${image}": not found`,
        'IMAGE_NOT_FOUND',
        0,
      ],
      ['ErrImagePull', 'manifest unknown', 'IMAGE_NOT_FOUND', 0],
      [
        'ErrImagePull',
        'unexpected status: 401 Unauthorized',
        'IMAGE_DENIED',
        0,
      ],
      ['ErrImagePull', 'pull access denied', 'IMAGE_DENIED', 0],
      ['ErrImagePull', 'dial tcp: i/o timeout', 'IMAGE_PULL_FAILED', 30],
      [
        'ErrImagePull',
        'unexpected status: 429 Too Many Requests: toomanyrequests',
        'IMAGE_RATE_LIMITED',
        undefined,
      ],
      [
        'InvalidImageName',
        "couldn't parse image name",
        'IMAGE_NAME_INVALID',
        0,
      ],
      [
        'ErrImageNeverPull',
        'image is not present with pull policy of Never',
        'IMAGE_NAME_INVALID',
        0,
      ],
    ])('%s: %s is %s', (reason, said, code, fatalAfter) => {
      const found = only(base + pod(waiting(reason, said)));
      expect(found).toMatchObject({
        code,
        fatalAfter,
        object: 'Pod/ledger-dev/p',
      });
      expect(found.sentence).toContain(said);
      expect(found.sentence).toContain(image);
      expect(found.sentence.includes('from 127.0.0.1:5000')).toBe(
        reason === 'ErrImagePull',
      );
    });

    it('takes the reason from the event where the status has lost it', () => {
      const lost = pod(
        waiting('ImagePullBackOff', `Back-off pulling image "${image}"`),
      );
      const events =
        event(
          'Failed',
          `Failed to pull image "${image}": dial tcp: i/o timeout`,
        ) +
        event('Failed', 'Error: ErrImagePull') +
        event('BackOff', `Back-off pulling image "${image}"`) +
        event('Failed', 'Error: ImagePullBackOff');
      expect(only(base + lost + events)).toMatchObject({
        code: 'IMAGE_PULL_FAILED',
        fatalAfter: 30,
        sentence: expect.stringContaining('i/o timeout'),
      });
      expect(only(base + lost).sentence).toContain('Back-off pulling image');
      expect(
        only(
          base +
            lost +
            event('Failed', 'Failed to pull image "x": 429 Too Many Requests'),
        ).code,
      ).toBe('IMAGE_RATE_LIMITED');
    });

    it('says why, where an event names a long image before it and is cut off', () => {
      const long = `registry.example.test/acme/ledger@sha256:${'ab'.repeat(
        32,
      )}`;
      const said = `failed to resolve reference "${long}": ${long}: not found`;
      const found = only(
        base +
          pod(waiting('ImagePullBackOff')) +
          event('Failed', `Failed to pull image "${long}": ${said}`),
      );
      expect(found).toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        sentence: expect.stringMatching(/: not found$/),
      });
    });

    it('takes the newest event, in whatever order they are listed', () => {
      const lost = pod(waiting('ImagePullBackOff'));
      const at = (seconds: number, said: string) =>
        `${event(
          'Failed',
          `Failed to pull image "x": ${said}`,
        )}lastTimestamp: "${secondsAgo(seconds)}"\n`;
      expect(
        only(base + lost + at(1, 'not found') + at(9, '429 Too Many Requests'))
          .code,
      ).toBe('IMAGE_NOT_FOUND');
      expect(
        only(base + lost + at(9, 'not found') + at(1, '429 Too Many Requests'))
          .code,
      ).toBe('IMAGE_RATE_LIMITED');
    });

    it.each([
      ['ledger', 'docker.io'],
      ['acme/ledger:1', 'docker.io'],
      ['ghcr.io/acme/ledger', 'ghcr.io'],
      ['localhost/ledger', 'localhost'],
    ])('names the registry of %s: %s', (name, registry) => {
      const yaml = base + pod(waiting('ErrImagePull', 'not found'));
      expect(only(yaml.replaceAll(image, name)).sentence).toContain(
        `from ${registry}:`,
      );
    });
  });

  describe('when a container ends', () => {
    const lines = [
      'start',
      "IO Error: Could not set lock on file '/data/ledger.duckdb'",
    ];

    it('tells exit code and the last line of the log before', () => {
      expect(only(base + pod(crashed(4)), { 'p/ledger': lines })).toEqual({
        code: 'CONTAINER_CRASHED',
        object: 'Pod/ledger-dev/p',
        sentence: `container ledger ended with exit code 3 and was restarted 4 times: ${lines[1]}`,
        fatalAfter: 0,
      });
    });

    it('tells it also while the container runs again, and waits after the first time', () => {
      const runs = `running: {startedAt: "${secondsAgo(2)}"}`;
      expect(only(base + pod(crashed(2, 'exitCode: 3', runs))).fatalAfter).toBe(
        0,
      );
      expect(only(base + pod(crashed(1, 'exitCode: 3', runs))).fatalAfter).toBe(
        undefined,
      );
      expect(
        explain(
          base +
            pod(
              crashed(
                9,
                'exitCode: 3',
                `running: {startedAt: "${secondsAgo(700)}"}`,
              ),
            ),
        ),
      ).toEqual([]);
    });

    it('takes the termination message where nobody has read the log', () => {
      const [{ log }] = explain(
        base + pod(crashed(2, 'exitCode: 1, message: "a\\n\\nb\\n"')),
      );
      expect(log).toEqual(['a', 'b']);
    });

    it('tells of memory with the limit', () => {
      expect(
        only(base + pod(crashed(3, 'exitCode: 137, reason: OOMKilled'))),
      ).toMatchObject({
        code: 'CONTAINER_OUT_OF_MEMORY',
        sentence:
          'container ledger was killed because it took more memory than its limit of 512Mi and was restarted 3 times',
      });
    });

    it('says so where the kubelet ended it since its probe failed', () => {
      const yaml =
        base +
        pod(crashed(2, 'exitCode: 143, reason: Error')) +
        event('Unhealthy', 'Liveness probe failed: connection refused') +
        event(
          'Killing',
          'Container ledger failed liveness probe, will be restarted',
        );
      expect(only(yaml)).toMatchObject({
        code: 'PROBE_FAILED',
        sentence:
          'container ledger does not answer and was restarted 2 times: Liveness probe failed: connection refused',
        fatalAfter: 0,
      });
      expect(only(yaml.replace('143', '3')).code).toBe('CONTAINER_CRASHED');
    });

    it('does not blame a pod of another ReplicaSet, nor an init container that is done', () => {
      expect(
        explain(
          base +
            set('old', 1) +
            pod(crashed(9), { owner: 'old', name: 'o' }) +
            pod(waiting('PodInitializing')),
        ),
      ).toEqual([]);
      expect(
        explain(
          base +
            pod(
              'phase: Pending, initContainerStatuses: [{name: i, restartCount: 0, ready: true, state: {terminated: {exitCode: 0}}}]',
            ),
        ),
      ).toEqual([]);
    });

    it('looks at init containers first', () => {
      const both =
        'phase: Pending, initContainerStatuses: [{name: restore, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 2}}}], containerStatuses: [{name: ledger, restartCount: 0, state: {waiting: {reason: PodInitializing}}}]';
      expect(only(base + pod(both)).sentence).toMatch(
        /^container restore ended with exit code 2/,
      );
    });
  });

  describe('when no node takes the pod', () => {
    const unplaced =
      'phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: said in the condition}]';
    const said = '0/1 nodes are available: 1 Insufficient cpu.';

    it('tells what the scheduler says, and is patient', () => {
      expect(
        only(base + pod(unplaced) + event('FailedScheduling', said)),
      ).toEqual({
        code: 'UNSCHEDULABLE',
        object: 'Pod/ledger-dev/p',
        sentence: `no node takes the pod: ${said}`,
        fatalAfter: 60,
      });
      expect(only(base + pod(unplaced)).sentence).toContain(
        'said in the condition',
      );
      expect(
        only(base + pod('phase: Pending') + event('FailedScheduling', said))
          .code,
      ).toBe('UNSCHEDULABLE');
    });

    it('goes on to the deadline while the cluster adds a node', () => {
      expect(
        only(
          base +
            pod(unplaced) +
            event('FailedScheduling', said) +
            event('TriggeredScaleUp', 'pod triggered scale-up'),
        ),
      ).toMatchObject({
        fatalAfter: undefined,
        sentence: `no node takes the pod: ${said}; the cluster is adding a node`,
      });
    });

    it('is over once the pod has a node', () => {
      expect(
        explain(
          base +
            pod('phase: Pending', { spec: 'nodeName: n' }) +
            event('FailedScheduling', said),
        ),
      ).toEqual([]);
    });
  });

  it.each([
    [
      'CONTAINER_CONFIG',
      pod(waiting('CreateContainerConfigError', 'secret "db" not found')),
      30,
    ],
    [
      'CONTAINER_CONFIG',
      pod(waiting('RunContainerError', 'exec: no such file')),
      30,
    ],
    [
      'VOLUME_IN_USE',
      pod(waiting('ContainerCreating')) +
        event(
          'FailedAttachVolume',
          'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) ledger-old',
        ),
      undefined,
    ],
    [
      'MOUNT_FAILED',
      pod(waiting('ContainerCreating')) +
        event(
          'FailedMount',
          'MountVolume.SetUp failed: configmap "rates" not found',
        ),
      undefined,
    ],
    [
      'PROBE_FAILED',
      pod('phase: Running, conditions: [{type: Ready, status: "False"}]') +
        event(
          'Unhealthy',
          'Readiness probe failed: HTTP probe failed with statuscode: 503',
        ),
      undefined,
    ],
  ])('tells of %s', (code, yaml, fatalAfter) => {
    expect(only(base + yaml)).toMatchObject({ code, fatalAfter });
  });

  it('tells of the deadline only where nothing else is known', () => {
    const late =
      deployment(
        '{type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: has timed out}',
      ) + set('new', 2);
    expect(only(late)).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      fatalAfter: 0,
    });
    expect(only(late + pod(crashed(3))).code).toBe('CONTAINER_CRASHED');
    // What might have passed has not.
    expect(
      only(late + pod(waiting('ErrImagePull', '429 Too Many Requests'))),
    ).toMatchObject({ code: 'IMAGE_RATE_LIMITED', fatalAfter: 0 });
  });

  it('puts the gravest first, and the same of several pods once', () => {
    const slow = waiting('ErrImagePull', '429 Too Many Requests');
    expect(
      explain(
        base +
          pod(slow, { name: 'a' }) +
          pod(slow, { name: 'b' }) +
          pod(waiting('CreateContainerConfigError'), { name: 'c' }) +
          pod(crashed(3), { name: 'd' }),
      ).map(({ code }) => code),
    ).toEqual(['CONTAINER_CRASHED', 'CONTAINER_CONFIG', 'IMAGE_RATE_LIMITED']);
  });
});

describe('isFatal', () => {
  const cause = (fatalAfter: number | undefined, since?: Date) =>
    ({ fatalAfter, since } as FailureCause);
  const ago = (seconds: number) => new Date(secondsAgo(seconds));
  it.each([
    [cause(0), true],
    [cause(undefined, ago(9999)), false],
    [cause(30, ago(29)), false],
    [cause(30, ago(30)), true],
    // Known for 10 seconds.
    [cause(30), false],
    [cause(10), true],
  ])('%j is %s', (given, fatal) => {
    expect(isFatal(given, now, ago(10))).toBe(fatal);
  });
});
