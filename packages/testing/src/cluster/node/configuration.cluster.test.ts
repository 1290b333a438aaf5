import { startCluster } from '../start-cluster';
import type { TestCluster } from '../test-cluster';
import { TestNamespace, nodeScript } from './__testUtils__/pods-of-a-test';

jest.setTimeout(120_000);

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

  describe('when a container is configured', () => {
    it('has its variables, from wherever they come', async () => {
      await space.create('configmaps', {
        metadata: { name: 'settings' },
        data: { LEVEL: 'info', FILE: '/data/ledger.duckdb' },
      });
      await space.create('secrets', {
        metadata: { name: 'db' },
        stringData: { password: 'p$(A)' },
      });
      const names = 'LEVEL FILE PASSWORD NAME PLACE IP URL NONE MEMORY'.split(
        ' ',
      );
      await space.createPod(
        'env',
        [
          {
            command: [
              ...nodeScript(
                'process.argv.slice(1).forEach(each => console.log(each))',
              ),
              ...names.map(name => `${name}=$(${name})`),
              '$$(LEVEL)',
            ],
            envFrom: [{ configMapRef: { name: 'settings' } }],
            env: [
              {
                name: 'PASSWORD',
                valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
              },
              {
                name: 'NAME',
                valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
              },
              {
                name: 'PLACE',
                valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
              },
              {
                name: 'IP',
                valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
              },
              { name: 'URL', value: 'https://$(NAME).$(PLACE)/$(MISSING)' },
              {
                name: 'NONE',
                valueFrom: {
                  configMapKeyRef: {
                    name: 'settings',
                    key: 'absent',
                    optional: true,
                  },
                },
              },
              {
                name: 'MEMORY',
                valueFrom: {
                  resourceFieldRef: {
                    resource: 'limits.memory',
                    divisor: '1Mi',
                  },
                },
              },
            ],
            resources: { limits: { memory: '64Mi' } },
          },
        ],
        {},
      );
      await space.untilPhase('env', 'Succeeded');
      expect(await space.log('env')).toBe(
        [
          'LEVEL=info',
          'FILE=/data/ledger.duckdb',
          'PASSWORD=p$(A)',
          'NAME=env',
          `PLACE=${space.name}`,
          'IP=127.0.0.1',
          `URL=https://env.${space.name}/$(MISSING)`,
          'NONE=$(NONE)',
          'MEMORY=64',
          '$(LEVEL)',
          '',
        ].join('\n'),
      );
    });

    it('finds its volumes where the manifest says', async () => {
      await space.create('configmaps', {
        metadata: { name: 'settings' },
        data: { 'app.yaml': 'level: info\n', other: 'no' },
        binaryData: { bytes: Buffer.from('b\n').toString('base64') },
      });
      await space.create('secrets', {
        metadata: { name: 'db' },
        stringData: { password: 's3cret\n' },
      });
      const script = [
        'cat /etc/app/deep/app.yaml /etc/one.yaml /etc/secret/password /etc/all/name /etc/all/bytes',
        'ls /etc/app',
        'stat -c %a /etc/secret/password',
        'echo kept > "$FILE"',
        'cat "$MOUNT_WORK_DIR/file"',
        'cat work/file',
      ];
      await space.createPod(
        'mounts',
        [
          {
            command: ['sh', '-c', script.join(';')],
            workingDir: '/var',
            env: [{ name: 'FILE', value: '/var/work/file' }],
            volumeMounts: [
              { name: 'settings', mountPath: '/etc/app' },
              {
                name: 'other',
                mountPath: '/etc/one.yaml',
                subPath: 'app.yaml',
              },
              { name: 'secret', mountPath: '/etc/secret' },
              { name: 'all', mountPath: '/etc/all' },
              { name: 'none', mountPath: '/etc/none' },
              { name: 'work-dir', mountPath: '/var/work' },
              { name: 'var', mountPath: '/var' },
            ].map(each => ({ ...each })),
          },
        ],
        {
          volumes: [
            {
              name: 'settings',
              configMap: {
                name: 'settings',
                items: [{ key: 'app.yaml', path: 'deep/app.yaml' }],
              },
            },
            { name: 'other', configMap: { name: 'settings' } },
            {
              name: 'secret',
              secret: { secretName: 'db', defaultMode: 0o400 },
            },
            {
              name: 'all',
              projected: {
                sources: [
                  {
                    configMap: {
                      name: 'settings',
                      items: [{ key: 'bytes', path: 'bytes' }],
                    },
                  },
                  {
                    downwardAPI: {
                      items: [
                        {
                          path: 'name',
                          fieldRef: { fieldPath: 'metadata.name' },
                        },
                      ],
                    },
                  },
                ],
              },
            },
            { name: 'none', configMap: { name: 'absent', optional: true } },
            { name: 'work-dir', emptyDir: {} },
            { name: 'var', emptyDir: {} },
          ],
        },
      );
      const pod = await space.untilPhase('mounts', 'Failed');
      expect(
        pod.status?.containerStatuses?.[0].state.terminated?.exitCode,
      ).toBe(1);
      expect(await space.log('mounts')).toBe(
        'level: info\nlevel: info\ns3cret\nmountsb\ndeep\n400\nkept\n' +
          'cat: work/file: No such file or directory\n',
      );
    });
  });

  describe('when something that a pod names is missing', () => {
    it.each([
      ['configMap', { name: 'late' }, 'configmap "late" not found'],
      ['secret', { secretName: 'late' }, 'secret "late" not found'],
    ])('waits for the %s of a volume', async (kind, source, words) => {
      await space.createPod('waits', [{ command: ['true'] }], {
        volumes: [{ name: 'x', [kind]: source }],
      });
      const event = await space.untilEvent(
        'FailedMount',
        `MountVolume.SetUp failed for volume "x" : ${words}`,
      );
      expect(event.type).toBe('Warning');
      const { status } = await space.pod('waits');
      expect(status?.phase).toBe('Pending');
      expect(status?.containerStatuses?.[0].state.waiting?.reason).toBe(
        'ContainerCreating',
      );
      await space.create(`${kind.toLowerCase()}s`, {
        metadata: { name: 'late' },
      });
      await space.untilPhase('waits', 'Succeeded');
    });

    it('waits for the secret and the key of a variable', async () => {
      const secretKeyRef = { name: 'db', key: 'password' };
      await space.createPod('waits', [
        {
          command: ['true'],
          env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef } }],
        },
      ]);
      const untilMessage = (message: string) =>
        space.untilContainer(
          'waits',
          ({ state }) =>
            state.waiting?.reason === 'CreateContainerConfigError' &&
            state.waiting.message === message,
        );
      await untilMessage('secret "db" not found');
      await space.untilEvent('Failed', 'Error: secret "db" not found');
      await space.create('secrets', { metadata: { name: 'db' } });
      await untilMessage(
        `couldn't find key password in Secret ${space.name}/db`,
      );
      await space.patch('secrets/db', { stringData: { password: 'x' } });
      const { status } = await space.untilPhase('waits', 'Succeeded');
      expect(status?.containerStatuses?.[0].restartCount).toBe(0);
    });
  });
});
