import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startCluster } from '../start-cluster';
import type { TestCluster } from '../test-cluster';
import {
  TestNamespace,
  eventually,
  isAlive,
  nodeScript,
} from './__testUtils__/pods-of-a-test';
import type { Pod } from './pod/pod';

jest.setTimeout(180_000);

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const duckdb = resolve(__dirname, '../../../duckdb-process.cjs');

/** Answers 503 until the file is there; tells its number in the file `pid`. */
const server = nodeScript(`
  const { existsSync, writeFileSync } = require('fs');
  writeFileSync('/state/pid', String(process.pid));
  require('http')
    .createServer((request, response) => {
      response.statusCode = existsSync('/state' + request.url) ? 200 : 503;
      response.end();
    })
    .listen(process.env.PORT);
`);

describe('startProcessNode', () => {
  let cluster: TestCluster;
  let space: TestNamespace;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    space = await TestNamespace.create(cluster);
  });

  const claim = (name: string) => ({
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  });
  const volumes = [
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  ];
  const onlyPod = (app: string, isWanted: (pod: Pod) => unknown) =>
    eventually(
      () => space.pods(app),
      pods => pods.length === 1 && isWanted(pods[0]),
    ).then(([pod]) => pod);
  const isReady = ({ status }: Pod) => status?.containerStatuses?.[0].ready;

  describe('when a deployment of a single writer is rolled out', () => {
    it('starts the new process when the old one has let go of the file', async () => {
      await space.create('persistentvolumeclaims', claim('data'));
      const hold = `{"kind":"hold","path":"/data/a.duckdb","access":"write"}`;
      await space.createDeployment(
        'writer',
        [
          {
            // The file is held as long as the input is open: it ends in its own time after SIGTERM.
            command: [
              'sh',
              '-c',
              `trap 'sleep 0.5; exit 0' TERM; (echo '${hold}'; sleep 1000) | '${process.execPath}' '${duckdb}' & wait`,
            ],
            readinessProbe: {
              exec: { command: ['test', '-f', '/data/a.duckdb'] },
              periodSeconds: 1,
            },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        { spec: { strategy: { type: 'Recreate' } }, pod: { volumes } },
      );
      const old = await onlyPod('writer', isReady);
      // DuckDB makes the file before it says that it has it.
      await eventually(
        () => space.log(old.metadata.name),
        log => log === 'held\n',
      );
      const annotations = { restarted: 'now' };
      await space.patch('apps/deployments/writer', {
        spec: { template: { metadata: { annotations } } },
      });
      const next = await onlyPod(
        'writer',
        pod => pod.metadata.uid !== old.metadata.uid && isReady(pod),
      );
      await eventually(
        () => space.log(next.metadata.name),
        log => log === 'held\n',
      );
      expect((await space.pod(next.metadata.name)).status).toMatchObject({
        containerStatuses: [{ restartCount: 0 }],
      });
    });
  });

  describe('when a deployment is scaled', () => {
    it('starts as many processes, and ends all of them with zero', async () => {
      await space.create('persistentvolumeclaims', claim('data'));
      await space.createDeployment(
        'web',
        [
          {
            command: [
              'sh',
              '-c',
              'echo $$$$ > /data/$HOSTNAME; sleep 1000 & sleep 1000',
            ],
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
        { spec: { replicas: 3 }, pod: { volumes } },
      );
      const pods = await eventually(
        () => space.pods('web'),
        all => all.length === 3 && all.every(isReady),
      );
      const folder = cluster.node.volumeOf(space.name, 'data')!;
      const pids = await Promise.all(
        pods.map(({ metadata }) =>
          eventually(
            () => {
              const file = join(folder, metadata.name);
              return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
            },
            pid => pid > 0,
          ),
        ),
      );
      expect(pids.filter(isAlive)).toHaveLength(3);
      await space.patch('apps/deployments/web', { spec: { replicas: 0 } });
      await eventually(
        () => space.pods('web'),
        all => all.length === 0,
      );
      expect(pids.filter(isAlive)).toEqual([]);
    });
  });

  describe('when probes fail', () => {
    const port = { name: 'http', containerPort: 8000 };
    const state = {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    };
    const mounts = [{ name: 'data', mountPath: '/state' }];
    const touch = (path: string) =>
      join(cluster.node.volumeOf(space.name, 'data')!, path);

    it('is not ready, says why, and is ready as soon as they pass', async () => {
      await space.create('persistentvolumeclaims', claim('data'));
      const httpGet = { path: '/ready', port: 'http' };
      await space.createPod(
        'web',
        [
          {
            command: server,
            ports: [port],
            volumeMounts: mounts,
            readinessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 },
          },
        ],
        state,
      );
      await space.untilEvent(
        'Unhealthy',
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      );
      const { status } = await space.pod('web');
      expect(status?.phase).toBe('Running');
      expect(status?.conditions).toContainEqual(
        expect.objectContaining({
          type: 'Ready',
          status: 'False',
          reason: 'ContainersNotReady',
          message: 'containers with unready status: [main]',
        }),
      );
      writeFileSync(touch('ready'), '');
      await space.untilContainer('web', ({ ready }) => ready);
      const address = cluster.node.addressOf(space.name, 'web', 8000);
      expect((await fetch(`http://${address}/ready`)).status).toBe(200);
      rmSync(touch('ready'));
      await space.untilContainer('web', ({ ready }) => !ready);
      expect((await space.pod('web')).status).toMatchObject({
        containerStatuses: [{ restartCount: 0, started: true }],
      });
    });

    it('restarts a container that is not alive', async () => {
      await space.create('persistentvolumeclaims', claim('data'));
      const httpGet = { path: '/alive', port: 8000 };
      await space.createPod(
        'web',
        [
          {
            command: server,
            ports: [port],
            volumeMounts: mounts,
            livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 2 },
          },
        ],
        { ...state, restartPolicy: 'Always' },
      );
      const { lastState } = await space.untilContainer(
        'web',
        ({ restartCount }) => restartCount > 0,
      );
      expect(lastState.terminated?.exitCode).toBe(143);
      await space.untilEvent(
        'Killing',
        'Container main failed liveness probe, will be restarted',
      );
    });

    it('restarts a container that does not start in time', async () => {
      await space.createPod(
        'web',
        [
          {
            command: ['sleep', '1000'],
            startupProbe: {
              tcpSocket: { port: 8000 },
              periodSeconds: 1,
              failureThreshold: 2,
            },
          },
        ],
        { restartPolicy: 'Always' },
      );
      const states: boolean[] = [];
      await space.untilContainer('web', ({ started, restartCount }) => {
        states.push(started);
        return restartCount > 0;
      });
      expect(states).not.toContain(true);
      await eventually(
        () => space.events(),
        events =>
          events.some(
            ({ reason, message }) =>
              reason === 'Unhealthy' &&
              /^Startup probe failed: dial tcp 127\.0\.0\.1:\d+: connect: connection refused$/.test(
                message,
              ),
          ),
      );
    });
  });

  describe('when a pod is deleted', () => {
    it('lets its process end in its own time', async () => {
      await space.createPod(
        'web',
        [
          {
            command: [
              'sh',
              '-c',
              "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done",
            ],
          },
        ],
        { terminationGracePeriodSeconds: 30 },
      );
      await eventually(
        () => space.log('web').catch(() => ''),
        log => log === 'up\n',
      );
      const log = space.log('web', 'follow=true');
      await space.remove('pods/web');
      expect(await log).toBe('up\nbye\n');
      await eventually(
        () => space.pod('web').catch(() => undefined),
        pod => pod === undefined,
      );
    });

    it.each([
      ['after its grace', undefined],
      ['at once, when forced', { gracePeriodSeconds: 0 }],
    ])('ends a process that does not listen %s', async (_case, options) => {
      await space.createPod(
        'deaf',
        [
          {
            command: [
              'sh',
              '-c',
              "trap '' TERM; echo $$$$; while :; do sleep 0.05; done",
            ],
          },
        ],
        { terminationGracePeriodSeconds: 1 },
      );
      const pid = await eventually(
        () => space.log('deaf').then(Number, () => 0),
        each => each > 0,
      );
      await space.remove('pods/deaf', options);
      await eventually(
        () => space.pod('deaf').catch(() => undefined),
        pod => pod === undefined,
      );
      // The object of a forced deletion is gone before the process is.
      expect(
        await eventually(
          () => isAlive(pid),
          alive => !alive,
        ),
      ).toBe(false);
    });
  });

  describe('when the API server is away for a while', () => {
    it('goes on, and tells afterwards what happened', async () => {
      await space.createPod('through', [{ command: ['sleep', '1000'] }]);
      await space.createPod('ends', [{ command: ['sleep', '1'] }]);
      await space.untilPhase('through', 'Running');
      const before = await space.pod('through');
      await cluster.restartApiServer();
      await space.untilPhase('ends', 'Succeeded');
      await space.createPod('later', [{ command: ['true'] }]);
      await space.untilPhase('later', 'Succeeded');
      const after = await space.pod('through');
      expect(after.status?.containerStatuses).toEqual(
        before.status?.containerStatuses,
      );
      await space.remove('pods/through');
      await eventually(
        () => space.pod('through').catch(() => undefined),
        pod => pod === undefined,
      );
    });
  });
});
