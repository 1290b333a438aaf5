import { healthOf, secondsAgo, verdictOf } from './__testUtils__/health-of';

const deployment = (status: string, spec = 'replicas: 1', revision = 3) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger, namespace: dev, uid: d-1, generation: 4, annotations: {deployment.kubernetes.io/revision: "${revision}"}}
spec: {progressDeadlineSeconds: 600, ${spec}}
status: {observedGeneration: 4, ${status}}
`;
const counts = (
  all: number,
  updated: number,
  ready: number,
  available = ready,
) =>
  `replicas: ${all}, updatedReplicas: ${updated}, readyReplicas: ${ready}, availableReplicas: ${available}`;
const available = '{type: Available, status: "True"}';
const rolledOut =
  '{type: Progressing, status: "True", reason: NewReplicaSetAvailable}';
const underWay =
  '{type: Progressing, status: "True", reason: ReplicaSetUpdated}';
const late =
  '{type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: ReplicaSet has timed out}';
const refused = (seconds?: number) =>
  `{type: ReplicaFailure, status: "True", reason: FailedCreate, message: "exceeded quota: compute"${
    seconds === undefined
      ? ''
      : `, lastTransitionTime: "${secondsAgo(seconds)}"`
  }}`;
const conditions = (...list: string[]) => `conditions: [${list.join(', ')}]`;

const set = (name: string, revision: number, owner = 'd-1') => `---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: ${name}
  namespace: dev
  uid: ${name}
  annotations: {deployment.kubernetes.io/revision: "${revision}"}
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ledger, uid: ${owner}, controller: true}]
`;
const pod = (name: string, owner: string, status: string, more = '') => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: dev
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ${owner}, uid: ${owner}, controller: true}]
  ${more}
status: {startTime: "${secondsAgo(120)}", ${status}}
`;
const crashing =
  'phase: Running, containerStatuses: [{name: ledger, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 3}}}]';
const starting =
  'phase: Running, conditions: [{type: Ready, status: "False", message: not yet}]';
const evicted =
  'phase: Failed, reason: Evicted, message: The node was low on resource';
const inMotion = deployment(`${counts(1, 1, 0)}, ${conditions(underWay)}`);

describe('a Deployment', () => {
  it.each([
    [
      deployment(`${counts(1, 1, 1)}, ${conditions(available, rolledOut)}`),
      'Current Available',
    ],
    [
      deployment(`${conditions(available, rolledOut)}`, 'replicas: 0'),
      'Current Available',
    ],
    [
      deployment(`${counts(1, 1, 1)}, ${conditions(available, underWay)}`),
      'InProgress ReplicaSetNotAvailable',
    ],
    [
      deployment(`${counts(1, 1, 1)}, ${conditions(rolledOut)}`),
      'InProgress DeploymentNotAvailable',
    ],
    [deployment(counts(0, 0, 0)), 'InProgress LessReplicas'],
    [deployment(counts(2, 1, 2), 'replicas: 2'), 'InProgress LessUpdated'],
    [deployment(counts(2, 1, 1)), 'InProgress ExtraPods'],
    [deployment(counts(1, 1, 1, 0)), 'InProgress LessAvailable'],
    [deployment(counts(1, 1, 0, 1)), 'InProgress LessReady'],
    [
      deployment(
        `${counts(1, 1, 1)}, ${conditions(available, rolledOut)}`,
        'paused: true',
      ),
      'InProgress DeploymentPaused',
    ],
    [deployment(conditions(late)), 'Failed ProgressDeadlineExceeded'],
    [
      deployment(
        `${counts(1, 1, 1)}, ${conditions(available)}`,
        'progressDeadlineSeconds: 2147483647',
      ),
      'Current Available',
    ],
    [deployment(conditions(underWay, refused())), 'InProgress FailedCreate'],
    [deployment(conditions(underWay, refused(5))), 'InProgress FailedCreate'],
    [deployment(conditions(underWay, refused(31))), 'Failed FailedCreate'],
    // What was refused once does not matter to one that is complete.
    [
      deployment(
        `${counts(1, 1, 1)}, ${conditions(available, rolledOut, refused(60))}`,
      ),
      'Current Available',
    ],
  ])('%s is %s', (yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));

  it('tells what was refused when its deadline passes', () => {
    expect(healthOf(deployment(conditions(late, refused(600)))).message).toBe(
      'ReplicaSet has timed out: exceeded quota: compute',
    );
  });

  it.each([
    [
      'crash',
      inMotion + set('new', 3) + pod('p', 'new', crashing),
      'Failed CrashLoopBackOff',
    ],
    [
      'start',
      inMotion + set('new', 3) + pod('p', 'new', starting),
      'InProgress PodRunningNotReady',
    ],
    [
      'crash in an older set',
      inMotion +
        set('old', 2) +
        set('new', 3) +
        pod('o', 'old', crashing) +
        pod('p', 'new', starting),
      'InProgress PodRunningNotReady',
    ],
    [
      'crash in an older set, and the new one has none',
      inMotion + set('old', 2) + set('new', 3) + pod('o', 'old', crashing),
      'InProgress LessAvailable',
    ],
    [
      'crash in a set that is not known',
      inMotion + pod('p', 'new', crashing),
      'InProgress LessAvailable',
    ],
    [
      'were evicted',
      inMotion + set('new', 3) + pod('p', 'new', evicted),
      'InProgress LessAvailable',
    ],
    [
      'are going',
      inMotion +
        set('new', 3) +
        pod('p', 'new', crashing, 'deletionTimestamp: "2026-05-04T09:59:59Z"'),
      'InProgress LessAvailable',
    ],
    [
      'are of a Deployment that is gone',
      inMotion + set('new', 3, 'd-0') + pod('p', 'new', crashing),
      'InProgress LessAvailable',
    ],
  ])('when pods %s', (_, yaml, verdict) =>
    expect(verdictOf(yaml)).toBe(verdict),
  );

  it('names the pod', () => {
    expect(
      healthOf(inMotion + set('new', 3) + pod('p', 'new', crashing)).message,
    ).toBe(
      'pod p: container ledger waits with CrashLoopBackOff: it ended with exit code 3',
    );
  });
});

describe('a ReplicaSet', () => {
  const replicaSet = (status: string) =>
    `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a}, spec: {replicas: 2}, status: {${status}}}`;
  const full =
    'replicas: 2, fullyLabeledReplicas: 2, availableReplicas: 2, readyReplicas: 2';
  it.each([
    ['', 'InProgress LessLabelled'],
    [full, 'Current Available'],
    [
      full.replace('availableReplicas: 2', 'availableReplicas: 1'),
      'InProgress LessAvailable',
    ],
    [
      full.replace('readyReplicas: 2', 'readyReplicas: 1'),
      'InProgress LessReady',
    ],
    [full.replace('replicas: 2', 'replicas: 3'), 'InProgress ExtraPods'],
    [`${full}, ${conditions(refused())}`, 'InProgress FailedCreate'],
    [conditions(refused(31)), 'Failed FailedCreate'],
  ])('with %s is %s', (status, verdict) =>
    expect(verdictOf(replicaSet(status))).toBe(verdict),
  );
});

describe('a StatefulSet', () => {
  const stateful = (status: string, spec = '') =>
    `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {replicas: 3, ${spec}}, status: {${status}}}`;
  const full = 'replicas: 3, readyReplicas: 3, currentReplicas: 3';
  const partition = 'updateStrategy: {rollingUpdate: {partition: 1}}';
  it.each([
    ['', '', 'InProgress LessReplicas'],
    [full, '', 'Current Available'],
    [
      full.replace('readyReplicas: 3', 'readyReplicas: 1'),
      '',
      'InProgress LessReady',
    ],
    [full.replace('replicas: 3', 'replicas: 4'), '', 'InProgress ExtraPods'],
    [
      full.replace('currentReplicas: 3', 'currentReplicas: 1'),
      '',
      'InProgress LessCurrent',
    ],
    [
      `${full}, currentRevision: a, updateRevision: b`,
      '',
      'InProgress RevisionMismatch',
    ],
    [`${full}, updatedReplicas: 1`, partition, 'InProgress PartitionRollout'],
    [`${full}, updatedReplicas: 2`, partition, 'Current PartitionRollout'],
    ['', 'updateStrategy: {type: OnDelete}', 'Current OnDelete'],
  ])('with %s of %s is %s', (status, spec, verdict) =>
    expect(verdictOf(stateful(status, spec))).toBe(verdict),
  );
});

describe('a DaemonSet', () => {
  const daemon = (status: string, spec = '', generation = 'generation: 1') =>
    `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, ${generation}}, spec: {${spec}}, status: {${status}}}`;
  const full =
    'observedGeneration: 1, desiredNumberScheduled: 2, currentNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2, numberReady: 2';
  it.each([
    [daemon(full), 'Current Available'],
    [daemon(full, '', ''), 'InProgress NoGeneration'],
    [daemon(''), 'InProgress NoObservedGeneration'],
    [daemon('observedGeneration: 1'), 'InProgress NoDesiredNumber'],
    [
      daemon(
        full.replace('currentNumberScheduled: 2', 'currentNumberScheduled: 1'),
      ),
      'InProgress LessCurrent',
    ],
    [
      daemon(
        full.replace('updatedNumberScheduled: 2', 'updatedNumberScheduled: 1'),
      ),
      'InProgress LessUpdated',
    ],
    [
      daemon(full.replace('numberAvailable: 2', 'numberAvailable: 1')),
      'InProgress LessAvailable',
    ],
    [
      daemon(full.replace('numberReady: 2', 'numberReady: 1')),
      'InProgress LessReady',
    ],
    [
      daemon('observedGeneration: 1', 'updateStrategy: {type: OnDelete}', ''),
      'Current OnDelete',
    ],
  ])('%s is %s', (yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));
});
