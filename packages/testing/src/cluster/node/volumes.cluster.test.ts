import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from '../start-cluster';
import type { TestCluster } from '../test-cluster';
import { TestNamespace, eventually } from './__testUtils__/pods-of-a-test';
import type { Claim, PersistentVolume } from './api/kube-objects';
import { folderProvisioner } from './volume-provisioner';

jest.setTimeout(120_000);

describe('VolumeProvisioner', () => {
  let cluster: TestCluster;
  let space: TestNamespace;
  beforeAll(async () => {
    cluster = await startCluster();
    const classes = '/apis/storage.k8s.io/v1/storageclasses';
    const toClass = (name: string, more: object) =>
      cluster.request('POST', classes, {
        metadata: { name },
        provisioner: folderProvisioner,
        ...more,
      });
    await toClass('waits', {
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
    await toClass('immediate', { reclaimPolicy: 'Delete' });
    await toClass('kept', { reclaimPolicy: 'Retain' });
    await toClass('foreign', { provisioner: 'example.test/disk' });
  });
  afterAll(() => cluster?.stop());
  beforeEach(async () => {
    space = await TestNamespace.create(cluster);
  });

  const createClaim = (name: string, storageClassName: string) =>
    space.create('persistentvolumeclaims', {
      metadata: { name },
      spec: {
        storageClassName,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    });
  const untilClaim = (name: string, isWanted: (claim: Claim) => unknown) =>
    eventually(
      () => space.get<Claim>(`persistentvolumeclaims/${name}`),
      isWanted,
    );
  const isBound = ({ status }: Claim) => status?.phase === 'Bound';
  const volumeOf = ({ spec }: Claim) =>
    cluster
      .request('GET', `/api/v1/persistentvolumes/${spec.volumeName}`)
      .then(volume => volume as PersistentVolume);

  describe('when a claim waits for its first consumer', () => {
    it('is bound when a pod is scheduled, and its data outlives the pod', async () => {
      await createClaim('data', 'waits');
      // A claim that needs nobody is bound meanwhile, so this one had its time.
      await createClaim('other', 'immediate');
      await untilClaim('other', isBound);
      const waiting = await untilClaim('data', () => true);
      expect(waiting.status?.phase).toBe('Pending');
      expect(cluster.node.volumeOf(space.name, 'data')).toBeUndefined();
      const run = async (name: string, command: string) => {
        await space.createPod(
          name,
          [
            {
              command: ['sh', '-c', command],
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
          {
            volumes: [
              { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
            ],
          },
        );
        await space.untilPhase(name, 'Succeeded');
      };
      await run('first', 'echo kept > /data/file');
      await untilClaim('data', isBound);
      await space.remove('pods/first');
      await run('second', 'cat /data/file');
      expect(await space.log('second')).toBe('kept\n');
      const folder = cluster.node.volumeOf(space.name, 'data')!;
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept\n');
    });
  });

  describe('when a claim grows', () => {
    it('grows the volume where the class allows it', async () => {
      await createClaim('data', 'waits');
      await space.createPod('uses', [{ command: ['true'] }], {
        volumes: [
          { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
        ],
      });
      await untilClaim('data', isBound);
      await space.patch('persistentvolumeclaims/data', {
        spec: { resources: { requests: { storage: '3Gi' } } },
      });
      const claim = await untilClaim(
        'data',
        ({ status }) => status?.capacity?.storage === '3Gi',
      );
      expect((await volumeOf(claim)).spec.capacity?.storage).toBe('3Gi');
    });
  });

  describe('when a claim is deleted', () => {
    it.each([
      ['removes the folder of its volume', 'immediate', false],
      ['keeps the folder where the class says so', 'kept', true],
    ])('%s', async (_case, storageClass, isKept) => {
      await createClaim('data', storageClass);
      const claim = await untilClaim('data', isBound);
      const folder = await eventually(
        () => cluster.node.volumeOf(space.name, 'data'),
        path => path && existsSync(path),
      );
      await space.remove('persistentvolumeclaims/data');
      await eventually(
        () => volumeOf(claim).catch(() => undefined),
        volume =>
          isKept ? volume?.status?.phase === 'Released' : volume === undefined,
      );
      expect(existsSync(folder!)).toBe(isKept);
    });
  });

  it("leaves another provisioner's claims alone", async () => {
    await createClaim('theirs', 'foreign');
    await createClaim('ours', 'immediate');
    await untilClaim('ours', isBound);
    const theirs = await untilClaim('theirs', () => true);
    expect(theirs.status?.phase).toBe('Pending');
  });
});
