import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { MissingReference, readKeyedData } from '../api/keyed-data';
import type { DataKind } from '../api/keyed-data';
import type { KubeApi } from '../api/kube-api';
import type { Claim, PersistentVolume } from '../api/kube-objects';
import type { FieldFile, KeyToPath, Pod, ProjectedPart, Volume } from './pod';
import { readPodField } from './pod-field';

/** Files of a volume by their path in it. */
type Files = Map<string, { readonly content: Buffer; readonly mode?: number }>;

/** What mounting needs to know. */
export interface VolumeContext {
  readonly api: KubeApi;
  readonly pod: Pod;
  /** Folder of the pod's own volumes. */
  readonly folder: string;
}

/**
 * Makes a volume ready and tells its folder. Files of ConfigMaps and Secrets are those of this moment: a later change of them
 * reaches the next pod.
 * @throws MissingReference what is missing, in the kubelet's words.
 */
export async function mountVolume(
  context: VolumeContext,
  volume: Volume,
): Promise<string> {
  const { pod } = context;
  if (volume.hostPath) return volume.hostPath.path;
  if (volume.persistentVolumeClaim)
    return mountClaim(context, volume.persistentVolumeClaim.claimName);
  if (volume.ephemeral)
    return mountClaim(context, `${pod.metadata.name}-${volume.name}`);
  const folder = join(context.folder, volume.name);
  const found = await readFiles(context, volume);
  if (!found) {
    await mkdir(folder, { recursive: true });
    return folder;
  }
  // What an earlier try left.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [path, { content, mode }] of found.files) {
    const file = resolve(folder, path);
    if (!file.startsWith(folder + sep))
      throw new MissingReference(`path ${path} leaves the volume`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
    await chmod(file, mode ?? found.mode ?? 0o644);
  }
  return folder;
}

async function mountClaim(
  { api, pod }: VolumeContext,
  name: string,
): Promise<string> {
  const claim = await api.find<Claim>(
    `/api/v1/namespaces/${pod.metadata.namespace}/persistentvolumeclaims/${name}`,
  );
  if (!claim)
    throw new MissingReference(`persistentvolumeclaim "${name}" not found`);
  const { volumeName } = claim.spec;
  const volume =
    volumeName &&
    (await api.find<PersistentVolume>(
      `/api/v1/persistentvolumes/${volumeName}`,
    ));
  const path = volume && folderOf(volume);
  if (!path)
    throw new MissingReference(
      `persistentvolumeclaim "${name}" has no folder on this node`,
    );
  await mkdir(path, { recursive: true });
  return path;
}

/** Folder of a persistent volume on this machine. */
export function folderOf({ spec }: PersistentVolume): string | undefined {
  return spec.hostPath?.path ?? spec.local?.path;
}

/** @returns undefined: the volume begins empty. */
async function readFiles(
  context: VolumeContext,
  { name, configMap, secret, downwardAPI, projected, emptyDir }: Volume,
): Promise<{ files: Files; mode?: number } | undefined> {
  if (configMap || secret) {
    const part = {
      configMap,
      secret: secret && { ...secret, name: secret.secretName },
    };
    const mode = (configMap ?? secret)?.defaultMode;
    return { files: await readPart(context, part), mode };
  }
  if (downwardAPI)
    return {
      files: readFields(context.pod, downwardAPI.items),
      mode: downwardAPI.defaultMode,
    };
  if (projected) {
    const files: Files = new Map();
    for (const part of projected.sources ?? []) {
      for (const [path, file] of await readPart(context, part))
        files.set(path, file);
    }
    return { files, mode: projected.defaultMode };
  }
  if (emptyDir) return undefined;
  throw new MissingReference(
    `volume "${name}" is of a kind that a process node does not have`,
  );
}

async function readPart(
  context: VolumeContext,
  { configMap, secret, downwardAPI, serviceAccountToken }: ProjectedPart,
): Promise<Files> {
  if (configMap) return readKeys(context, 'ConfigMap', configMap);
  if (secret) return readKeys(context, 'Secret', secret);
  if (downwardAPI) return readFields(context.pod, downwardAPI.items);
  if (serviceAccountToken) return requestToken(context, serviceAccountToken);
  return new Map();
}

async function readKeys(
  { api, pod }: VolumeContext,
  kind: DataKind,
  source: {
    readonly name: string;
    readonly items?: readonly KeyToPath[];
    readonly optional?: boolean;
  },
): Promise<Files> {
  const { name, items, optional } = source;
  const ref = { kind, name, optional };
  const data = await readKeyedData(api, pod.metadata.namespace!, ref);
  const wanted: readonly KeyToPath[] =
    items ?? [...(data?.keys() ?? [])].map(key => ({ key, path: key }));
  const files: Files = new Map();
  for (const { key, path, mode } of wanted) {
    const content = data?.get(key);
    if (content) files.set(path, { content, mode });
    else if (!optional)
      throw new MissingReference(
        `references non-existent ${
          kind === 'Secret' ? 'secret' : 'config'
        } key: ${key}`,
      );
  }
  return files;
}

function readFields(pod: Pod, items: readonly FieldFile[] = []): Files {
  return new Map(
    items.map(({ path, fieldRef }) => [
      path,
      {
        content: Buffer.from(
          readPodField(pod, fieldRef?.fieldPath ?? '') ?? '',
        ),
      },
    ]),
  );
}

async function requestToken(
  { api, pod }: VolumeContext,
  asked: NonNullable<ProjectedPart['serviceAccountToken']>,
): Promise<Files> {
  const { path, audience, expirationSeconds } = asked;
  const { namespace, name, uid } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? 'default';
  const answer = await api.create<{ status: { token: string } }>(
    `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience ? [audience] : undefined,
        expirationSeconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
      },
    },
  );
  return new Map([[path, { content: Buffer.from(answer.status.token) }]]);
}
