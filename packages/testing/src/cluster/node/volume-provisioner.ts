import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { followObjects } from './api/follow-objects';
import type { FollowedObjects } from './api/follow-objects';
import type { KubeApi } from './api/kube-api';
import { KubeRefusal } from './api/kube-api';
import type {
  Claim,
  KubeObject,
  PersistentVolume,
  StorageClass,
} from './api/kube-objects';
import { toNumber } from './api/quantity';
import { folderOf } from './pod/pod-volumes';

/** The provisioner of StorageClasses whose volumes are folders of a process node. */
export const folderProvisioner = 'dojo.test/folder';

const selectedNode = 'volume.kubernetes.io/selected-node';
const provisionedBy = 'pv.kubernetes.io/provisioned-by';

/** What a provisioner is to know. */
export interface ProvisionerOptions {
  /** Claims that wait for their first consumer are its own where the scheduler has chosen this node. */
  readonly node: string;
  /** Where the volumes are made. */
  readonly folder: string;
}

/**
 * Makes a volume for each claim of the folder provisioner, at once or, where its class waits for the first consumer, when the
 * scheduler has chosen this node; makes it larger where the class allows it; and removes the folder of a released volume whose
 * class says so. Binding is left to the cluster's own controller.
 */
export class VolumeProvisioner {
  private readonly classes: FollowedObjects<StorageClass>;
  private readonly volumes: FollowedObjects<PersistentVolume>;
  private readonly claims: FollowedObjects<Claim>;
  /** What is done for each object, one thing at a time. */
  private readonly work = new Map<string, Promise<void>>();

  constructor(
    private readonly api: KubeApi,
    private readonly options: ProvisionerOptions,
    private readonly signal: AbortSignal,
  ) {
    this.classes = followObjects<StorageClass>(
      api,
      { path: '/apis/storage.k8s.io/v1/storageclasses' },
      { changed: () => this.lookAtClaims() },
      signal,
    );
    this.volumes = followObjects<PersistentVolume>(
      api,
      { path: '/api/v1/persistentvolumes' },
      { changed: volume => this.lookAtVolume(volume) },
      signal,
    );
    this.claims = followObjects<Claim>(
      api,
      { path: '/api/v1/persistentvolumeclaims' },
      { changed: claim => this.lookAtClaim(claim) },
      signal,
    );
  }

  /** Resolves when all that is there has been looked at. */
  async ready(): Promise<void> {
    const { classes, volumes, claims } = this;
    await Promise.all([classes.listed, volumes.listed, claims.listed]);
  }

  /** Folder of a bound claim. */
  volumeOf(namespace: string, name: string): string | undefined {
    const claim = [...this.claims.all].find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === name,
    );
    const volume = this.volumeNamed(claim?.spec.volumeName);
    return volume && folderOf(volume);
  }

  private lookAtClaims(): void {
    for (const claim of [...this.claims.all]) this.lookAtClaim(claim);
  }

  private lookAtVolume(volume: PersistentVolume): void {
    if (isToReclaim(volume))
      this.inTurn(volume, () => reclaim(this.api, volume));
    else this.lookAtClaims();
  }

  private lookAtClaim(claim: Claim): void {
    const { api, options } = this;
    const its = this.classNamed(claim.spec.storageClassName);
    if (!its || claim.metadata.deletionTimestamp) return;
    if (!claim.spec.volumeName) {
      const isMade = this.volumeNamed(nameOf(claim)) !== undefined;
      if (!isMade && isWanted(claim, its, options.node))
        this.inTurn(claim, () => provision(api, claim, its, options.folder));
      return;
    }
    const volume = this.volumeNamed(claim.spec.volumeName);
    if (volume && its.allowVolumeExpansion && claim.status?.phase === 'Bound')
      this.inTurn(claim, () => expand(api, claim, volume));
  }

  private inTurn({ metadata }: KubeObject, work: () => Promise<void>): void {
    const { uid } = metadata;
    const before = this.work.get(uid) ?? Promise.resolve();
    const after = before.then(work).catch(error => {
      // Its object changed or went meanwhile, which is told in turn.
      const isExpected = error instanceof KubeRefusal || this.signal.aborted;
      if (!isExpected) process.emitWarning(`A volume: ${error}`);
    });
    this.work.set(uid, after);
    void after.then(() => {
      if (this.work.get(uid) === after) this.work.delete(uid);
    });
  }

  private classNamed(name: string | undefined): StorageClass | undefined {
    return [...this.classes.all].find(
      ({ metadata, provisioner }) =>
        metadata.name === name && provisioner === folderProvisioner,
    );
  }

  private volumeNamed(name: string | undefined): PersistentVolume | undefined {
    return [...this.volumes.all].find(({ metadata }) => metadata.name === name);
  }
}

function isWanted(
  { metadata }: Claim,
  { volumeBindingMode }: StorageClass,
  node: string,
): boolean {
  return (
    volumeBindingMode !== 'WaitForFirstConsumer' ||
    metadata.annotations?.[selectedNode] === node
  );
}

function nameOf({ metadata }: Claim): string {
  return `pvc-${metadata.uid}`;
}

async function provision(
  api: KubeApi,
  claim: Claim,
  its: StorageClass,
  folder: string,
): Promise<void> {
  const { namespace, name: claimName, uid } = claim.metadata;
  const name = nameOf(claim);
  const path = join(folder, `${namespace}_${claimName}_${name}`);
  await mkdir(path, { recursive: true });
  await api.create('/api/v1/persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [provisionedBy]: folderProvisioner } },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage },
      accessModes: claim.spec.accessModes,
      volumeMode: claim.spec.volumeMode,
      storageClassName: its.metadata.name,
      persistentVolumeReclaimPolicy: its.reclaimPolicy ?? 'Delete',
      hostPath: { path },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace,
        name: claimName,
        uid,
      },
    },
  });
}

async function expand(
  api: KubeApi,
  claim: Claim,
  volume: PersistentVolume,
): Promise<void> {
  const storage = claim.spec.resources?.requests?.storage ?? '0';
  const isLarger = (has: string | undefined) =>
    toNumber(storage) > toNumber(has ?? '0');
  if (isLarger(volume.spec.capacity?.storage))
    await api.patch(
      `/api/v1/persistentvolumes/${volume.metadata.name}`,
      { spec: { capacity: { storage } } },
      'merge-patch',
    );
  if (isLarger(claim.status?.capacity?.storage))
    await api.patch(
      `/api/v1/namespaces/${claim.metadata.namespace}/persistentvolumeclaims/${claim.metadata.name}/status`,
      { status: { capacity: { storage } } },
      'merge-patch',
    );
}

function isToReclaim({ metadata, spec, status }: PersistentVolume): boolean {
  return (
    status?.phase === 'Released' &&
    spec.persistentVolumeReclaimPolicy === 'Delete' &&
    metadata.annotations?.[provisionedBy] === folderProvisioner &&
    !metadata.deletionTimestamp
  );
}

async function reclaim(api: KubeApi, volume: PersistentVolume): Promise<void> {
  const path = folderOf(volume);
  if (path) await rm(path, { recursive: true, force: true });
  await api.remove(`/api/v1/persistentvolumes/${volume.metadata.name}`, {
    preconditions: { uid: volume.metadata.uid },
  });
}
