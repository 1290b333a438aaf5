import { healthOf, secondsAgo, verdictOf } from './__testUtils__/health-of';

const pod = (
  status: string,
  spec = 'restartPolicy: Always',
  seconds = 300,
  more = '',
) => `
apiVersion: v1
kind: Pod
metadata: {name: ledger-x, creationTimestamp: "${secondsAgo(seconds)}", ${more}}
spec: {${spec}}
status: {${status}}
`;
const container = (state: string, more = 'ready: false, restartCount: 0') =>
  `{name: ledger, ${more}, state: {${state}}}`;
const waiting = (reason: string, message = '') =>
  container(
    `waiting: {reason: ${reason}, message: ${JSON.stringify(message)}}`,
  );
const pending = (status: string) =>
  `phase: Pending, containerStatuses: [${status}]`;
const running = (status: string) =>
  `phase: Running, containerStatuses: [${status}]`;
const ready = 'phase: Running, conditions: [{type: Ready, status: "True"}]';
const unschedulable =
  'phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: 0/1 nodes are available}]';
const restarted = (state: string, restarts = 2) =>
  `{name: ledger, ready: false, restartCount: ${restarts}, state: {${state}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}`;

describe('a Pod', () => {
  it.each([
    ['not seen', pod(''), 'InProgress PodNotObserved'],
    ['ready', pod(ready), 'Current PodReady'],
    ['done', pod('phase: Succeeded'), 'Current PodCompleted'],
    [
      'of a phase that nobody knows',
      pod('phase: Odd'),
      'Unknown PodPhaseUnknown',
    ],
    [
      'being made',
      pod(pending(waiting('ContainerCreating'))),
      'InProgress PodPending',
    ],
    ['running', pod('phase: Running'), 'InProgress PodRunningNotReady'],
    ['lost', pod('phase: Unknown'), 'Unknown PodPhaseUnknown'],
    [
      'evicted',
      pod(
        'phase: Failed, reason: Evicted, message: The node was low on resource',
      ),
      'Failed Evicted',
    ],
    ['failed', pod('phase: Failed'), 'Failed PodFailed'],
    [
      'failed with an exit code',
      pod(
        'phase: Failed, containerStatuses: [{name: a, state: {terminated: {exitCode: 1, reason: Error}}}]',
      ),
      'Failed Error',
    ],
    [
      'ended, and nothing tells how',
      pod(
        'phase: Failed, conditions: [{type: Ready, status: "False", reason: PodCompleted}]',
      ),
      'Current PodCompleted',
    ],
    [
      'ended with an exit code',
      pod(
        'phase: Failed, conditions: [{type: Ready, status: "False", reason: PodCompleted}], containerStatuses: [{name: a, state: {terminated: {exitCode: 2}}}]',
      ),
      'Failed PodFailed',
    ],
  ])('that is %s', (_, yaml, verdict) => expect(verdictOf(yaml)).toBe(verdict));

  it.each([
    ['new', pod(unschedulable, '', 10), 'InProgress PodNotScheduled'],
    ['old', pod(unschedulable, '', 61), 'Failed PodUnschedulable'],
    [
      'of an unknown age',
      '{apiVersion: v1, kind: Pod, metadata: {name: a}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable}]}}',
      'Failed PodUnschedulable',
    ],
  ])('for which no node is found, and that is %s', (_, yaml, verdict) =>
    expect(verdictOf(yaml)).toBe(verdict),
  );

  it.each([
    ['CrashLoopBackOff', '', 0, 'Failed'],
    ['InvalidImageName', '', 0, 'Failed'],
    ['ErrImageNeverPull', '', 0, 'Failed'],
    ['ErrImagePull', 'manifest unknown', 0, 'Failed'],
    ['ErrImagePull', 'ghcr.io/acme/ledger:9: not found', 0, 'Failed'],
    ['ErrImagePull', '401 Unauthorized', 0, 'Failed'],
    ['ErrImagePull', 'i/o timeout', 5, 'InProgress'],
    ['ErrImagePull', 'i/o timeout', 31, 'Failed'],
    [
      'ErrImagePull',
      '429 Too Many Requests: toomanyrequests',
      3000,
      'InProgress',
    ],
    ['ImagePullBackOff', 'Back-off pulling image', 5, 'InProgress'],
    ['ImagePullBackOff', 'Back-off pulling image', 31, 'Failed'],
    ['CreateContainerConfigError', 'secret "db" not found', 5, 'InProgress'],
    ['CreateContainerConfigError', 'secret "db" not found', 31, 'Failed'],
    ['RunContainerError', '', 31, 'Failed'],
  ])(
    'that waits with %s, %j, after %d s is %s',
    (reason, message, seconds, status) => {
      for (const list of ['containerStatuses', 'initContainerStatuses']) {
        const yaml = pod(
          `phase: Pending, ${list}: [${waiting(reason, message)}]`,
          '',
          seconds,
        );
        expect(verdictOf(yaml)).toBe(`${status} ${reason}`);
      }
    },
  );

  it('tells first of what fails, then of what waits', () => {
    const slow = waiting('ErrImagePull', 'toomanyrequests');
    expect(
      verdictOf(pod(pending(`${slow}, ${waiting('CrashLoopBackOff')}`))),
    ).toBe('Failed CrashLoopBackOff');
    expect(
      verdictOf(pod(pending(`${container('running: {}')}, ${slow}`))),
    ).toBe('InProgress ErrImagePull');
  });

  it.each([
    [
      'twice, and runs',
      restarted(`running: {startedAt: "${secondsAgo(5)}"}`),
      'Failed OOMKilled',
    ],
    [
      'twice, and has just ended',
      restarted('terminated: {exitCode: 1}'),
      'Failed OOMKilled',
    ],
    [
      'once',
      restarted(`running: {startedAt: "${secondsAgo(5)}"}`, 1),
      'InProgress PodRunningNotReady',
    ],
    [
      'often, and runs for long',
      restarted(`running: {startedAt: "${secondsAgo(601)}"}`, 9),
      'InProgress PodRunningNotReady',
    ],
  ])('that was restarted %s', (_, status, verdict) =>
    expect(verdictOf(pod(running(status)))).toBe(verdict),
  );

  it('that is ready has not failed, however often it was restarted', () => {
    expect(
      verdictOf(
        pod(`${ready}, containerStatuses: [${restarted('running: {}', 50)}]`),
      ),
    ).toBe('Current PodReady');
  });

  describe('when it ends by itself', () => {
    it.each(['Never', 'OnFailure'])(
      'is in progress as long as it runs: %s',
      policy => {
        const spec = `restartPolicy: ${policy}`;
        expect(verdictOf(pod(ready, spec))).toBe('InProgress PodRunning');
        expect(verdictOf(pod('phase: Running', spec))).toBe(
          'InProgress PodRunning',
        );
        expect(verdictOf(pod(pending(waiting('ImagePullBackOff')), spec))).toBe(
          'InProgress ImagePullBackOff',
        );
        expect(verdictOf(pod(running(waiting('CrashLoopBackOff')), spec))).toBe(
          'InProgress CrashLoopBackOff',
        );
      },
    );

    it('is judged as others where its author says so', () => {
      const annotated = (more: string) =>
        verdictOf(
          pod(
            ready,
            'restartPolicy: Never',
            300,
            `annotations: {argocd.argoproj.io/ignore-restart-policy: "true"${more}}`,
          ),
        );
      expect(annotated('')).toBe('Current PodReady');
      expect(annotated(', argocd.argoproj.io/hook: Sync')).toBe(
        'InProgress PodRunning',
      );
    });
  });

  it('tells exit code, reason and what the container said', () => {
    expect(
      healthOf(
        pod(
          `phase: Failed, containerStatuses: [{name: ledger, state: {terminated: {exitCode: 3, reason: Error, message: "no\\nlock"}}}]`,
        ),
      ).message,
    ).toBe('container ledger ended with exit code 3: no lock');
    expect(healthOf(pod(running(restarted('running: {}')))).message).toBe(
      'container ledger was restarted 2 times and is not ready; the last time it ended with exit code 137 (OOMKilled)',
    );
  });
});
