import { startCluster } from '../start-cluster';
import type { TestCluster } from '../test-cluster';
import { TestNamespace, eventually } from './__testUtils__/pods-of-a-test';

jest.setTimeout(120_000);

describe('startProcessNode', () => {
  let cluster: TestCluster;
  let space: TestNamespace;
  beforeAll(async () => {
    cluster = await startCluster({
      node: {
        program: ({ image, args = [] }) =>
          image === 'ledger:1'
            ? { command: 'sh', args: ['-c', `echo ledger ${args.join(' ')}`] }
            : undefined,
      },
    });
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    space = await TestNamespace.create(cluster);
  });

  describe('when a job runs', () => {
    it('is complete, and its log is followed through the API server', async () => {
      await space.create('batch/jobs', {
        metadata: { name: 'work' },
        spec: {
          template: {
            metadata: { labels: { app: 'work' } },
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'main',
                  image: 'app:1',
                  command: ['sh', '-c', 'echo one; sleep 1; echo two'],
                },
              ],
            },
          },
        },
      });
      const [pod] = await eventually(
        () => space.pods('work'),
        // One that has ended meanwhile has the same log.
        ([each]) => /Running|Succeeded/.test(each?.status?.phase ?? ''),
      );
      const { name } = pod.metadata;
      // Asked while it runs, all that comes later is of the same answer.
      expect(await space.log(name, 'follow=true')).toBe('one\ntwo\n');
      await space.untilPhase(name, 'Succeeded');
      await eventually(
        () => space.get<{ status: { succeeded?: number } }>('batch/jobs/work'),
        ({ status }) => status.succeeded === 1,
      );
      expect(await space.log(name, 'tailLines=1')).toBe('two\n');
      expect(await space.log(name, 'limitBytes=2')).toBe('on');
      expect(await space.log(name, 'timestamps=true')).toMatch(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z one\n\d{4}-\d\d-\d\dT[\d:.]+Z two\n$/,
      );
    });
  });

  describe('when a container crashes', () => {
    it('restarts it with back-off, and keeps the log of the run before', async () => {
      await space.createPod(
        'crash',
        [
          {
            command: [
              'sh',
              '-c',
              'echo "Could not set lock" >&2; echo why > /dev/termination-log; exit 3',
            ],
          },
        ],
        { restartPolicy: 'Always' },
      );
      const { uid } = (await space.pod('crash')).metadata;
      const status = await space.untilContainer(
        'crash',
        ({ state, restartCount }) =>
          state.waiting?.reason === 'CrashLoopBackOff' && restartCount >= 2,
      );
      expect(status.lastState.terminated).toMatchObject({
        exitCode: 3,
        reason: 'Error',
        message: 'why\n',
      });
      const id = `crash_${space.name}(${uid})`;
      expect(status.state.waiting?.message).toMatch(
        /^back-off \d+s restarting failed container=main pod=/,
      );
      expect(status.state.waiting?.message).toContain(`pod=${id}`);
      expect(await space.log('crash', 'previous=true')).toBe(
        'Could not set lock\n',
      );
      const message = `Back-off restarting failed container main in pod ${id}`;
      const event = await space.untilEvent('BackOff', message);
      expect(event).toMatchObject({
        type: 'Warning',
        reportingComponent: 'kubelet',
        source: { component: 'kubelet', host: 'process-node' },
        involvedObject: { name: 'crash', fieldPath: 'spec.containers{main}' },
      });
      await eventually(
        () => space.untilEvent('BackOff', message),
        ({ count }) => count > 1,
      );
      expect((await space.pod('crash')).status?.phase).toBe('Running');
    });

    it('takes the end of the log for a message where that is asked for', async () => {
      await space.createPod('crash', [
        {
          command: ['sh', '-c', 'echo no such table; exit 1'],
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ]);
      const pod = await space.untilPhase('crash', 'Failed');
      const [{ state }] = pod.status!.containerStatuses!;
      expect(state.terminated?.message).toBe('no such table\n');
    });

    it('reports 137 where a signal ended it, and the reason where memory did', async () => {
      // Two dollar signs of a manifest are one.
      const command = ['sh', '-c', 'kill -9 $$$$'];
      await space.createPod('killed', [{ command }]);
      const annotations = { 'dojo.test/oom': 'main' };
      const sleeping = [{ command: ['sleep', '1000'] }];
      await space.createPod('hungry', sleeping, {}, { annotations });
      const endOf = async (name: string) =>
        (await space.untilPhase(name, 'Failed')).status!.containerStatuses![0]
          .state.terminated;
      expect(await endOf('killed')).toMatchObject({
        exitCode: 137,
        reason: 'Error',
      });
      expect(await endOf('hungry')).toMatchObject({
        exitCode: 137,
        reason: 'OOMKilled',
      });
    });
  });

  describe('when there is nothing to run', () => {
    it('runs what the image stands for', async () => {
      await space.createPod('ledger', [{ image: 'ledger:1', args: ['serve'] }]);
      await space.untilPhase('ledger', 'Succeeded');
      expect(await space.log('ledger')).toBe('ledger serve\n');
    });

    it.each([
      ['no entry point', undefined, 'no command specified'],
      ['no such program', ['/app/none'], 'exec: "/app/none": executable file'],
    ])('fails to start with %s', async (_case, command, words) => {
      await space.createPod('empty', [{ command }], {
        restartPolicy: 'Always',
      });
      const status = await space.untilContainer(
        'empty',
        ({ state }) => state.waiting?.reason === 'RunContainerError',
      );
      expect(status.state.waiting?.message).toContain(words);
      expect(status.lastState.terminated).toMatchObject({
        exitCode: 128,
        reason: 'StartError',
      });
    });
  });

  describe('when an image does not come', () => {
    afterEach(() => cluster.node.setPull(() => undefined));

    it('reports it by name and in the past, and runs it as soon as it is there', async () => {
      const message = 'rpc error: app:2: not found';
      cluster.node.setPull(image =>
        image === 'app:2' ? { reason: 'ErrImagePull', message } : undefined,
      );
      await space.createPod('web', [
        { image: 'app:2', command: ['echo', 'here'] },
      ]);
      // One after the other, again and again: who asks now and then may not see the first of them.
      for (const reason of ['ErrImagePull', 'ImagePullBackOff']) {
        await space.untilContainer(
          'web',
          ({ state }) => state.waiting?.reason === reason,
        );
      }
      await expect(space.log('web')).rejects.toThrow(
        'is waiting to start: trying and failing to pull image',
      );
      await space.untilEvent(
        'Failed',
        `Failed to pull image "app:2": ${message}`,
      );
      await space.untilEvent('BackOff', 'Back-off pulling image "app:2"');
      expect((await space.pod('web')).status?.phase).toBe('Pending');
      cluster.node.setPull(() => undefined);
      await space.untilPhase('web', 'Succeeded');
    });

    it('refuses a name that is none', async () => {
      await space.createPod('web', [{ image: 'App:1', command: ['true'] }]);
      const { state } = await space.untilContainer(
        'web',
        status => status.state.waiting?.reason === 'InvalidImageName',
      );
      expect(state.waiting?.message).toContain('invalid reference format');
    });
  });

  describe('when there are init containers', () => {
    it('runs them one after the other, and then all others', async () => {
      const toStep = (name: string, command: string) => ({
        name,
        image: 'app:1',
        command: ['sh', '-c', command],
        volumeMounts: [{ name: 'shared', mountPath: '/shared' }],
      });
      await space.createPod(
        'steps',
        [
          toStep('left', 'cat /shared/steps; echo left > /shared/left'),
          toStep('right', 'while [ ! -f /shared/left ]; do sleep 0.05; done'),
        ],
        {
          volumes: [{ name: 'shared', emptyDir: {} }],
          initContainers: [
            toStep('first', 'sleep 0.3; echo first >> /shared/steps'),
            toStep('second', 'echo second >> /shared/steps'),
          ],
        },
      );
      await space.untilPhase('steps', 'Succeeded');
      expect(await space.log('steps', 'container=left')).toBe(
        'first\nsecond\n',
      );
    });

    it('fails the pod with the first that fails', async () => {
      const init = { name: 'first', image: 'app:1', command: ['false'] };
      await space.createPod('steps', [{ command: ['true'] }], {
        initContainers: [init],
      });
      const { status } = await space.untilPhase('steps', 'Failed');
      expect(status?.containerStatuses?.[0].state.waiting?.reason).toBe(
        'PodInitializing',
      );
      const condition = status?.conditions?.find(
        ({ type }) => type === 'Initialized',
      );
      expect(condition?.message).toBe(
        'containers with incomplete status: [first]',
      );
    });

    it('runs a sidecar beside the others, and ends it after them', async () => {
      const sidecar = {
        name: 'side',
        image: 'app:1',
        restartPolicy: 'Always',
        command: ['sleep', '1000'],
      };
      await space.createPod('both', [{ command: ['sleep', '0.2'] }], {
        initContainers: [sidecar],
      });
      const { status } = await space.untilPhase('both', 'Succeeded');
      const [side] = status!.initContainerStatuses!;
      expect(side.state.terminated?.exitCode).toBe(143);
    });
  });
});
