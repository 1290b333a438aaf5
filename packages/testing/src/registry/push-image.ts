import { createHash } from 'node:crypto';

/** A manifest that was pushed. */
export interface PushedImage {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Options of {@link pushImage}. */
export interface PushImageOptions {
  /** Base URL of the registry. */
  readonly registry: string;
  /** Path in the registry: `acme/ledger`. */
  readonly repository: string;
  readonly tag: string;
  /** Tells images apart; same content, same digest. */
  readonly content?: string;
  /** The commit that it names as its source, and where. */
  readonly revision?: string;
  readonly revisionIn?: 'label' | 'manifest annotation' | 'index annotation';
  /** `index`: two platforms and a build attestation; default `single`. */
  readonly shape?: 'single' | 'index';
  /** Media types of docker instead of OCI's; default false. */
  readonly docker?: boolean;
  /** Revisions of the two platforms of an index, where they differ. */
  readonly platformRevisions?: readonly [string, string];
  readonly headers?: Readonly<Record<string, string>>;
}

const key = 'org.opencontainers.image.revision';

/** Builds a small image and pushes it by plain HTTP, as a CI job would. */
export async function pushImage(
  options: PushImageOptions,
): Promise<PushedImage> {
  if (options.shape !== 'index') {
    const only = await pushPlatform(options, 'amd64', options.revision);
    return putManifest(options, options.tag, only);
  }
  const [first, second] = options.platformRevisions ?? [
    options.revision,
    options.revision,
  ];
  const platforms = [
    await pushPlatform(options, 'amd64', first),
    await pushPlatform(options, 'arm64', second),
    await pushPlatform(options, 'unknown', undefined),
  ];
  for (const each of platforms) await putManifest(options, each.digest, each);
  const mediaType = options.docker
    ? 'application/vnd.docker.distribution.manifest.list.v2+json'
    : 'application/vnd.oci.image.index.v1+json';
  const index = toManifest(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: platforms.map((each, at) => ({
      mediaType: each.mediaType,
      digest: each.digest,
      size: each.bytes.length,
      platform: [
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm64', os: 'linux' },
        { architecture: 'unknown', os: 'unknown' },
      ][at],
    })),
    ...annotate(options, 'index annotation', options.revision),
  });
  return putManifest(options, options.tag, index);
}

async function pushPlatform(
  options: PushImageOptions,
  architecture: string,
  revision: string | undefined,
): Promise<PushedImage> {
  const { content = 'image', docker = false, revisionIn = 'label' } = options;
  const layer = Buffer.from(`${content} for ${architecture}`);
  const hasLabel = revisionIn === 'label' && revision !== undefined;
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: hasLabel ? { Labels: { [key]: revision } } : {},
      rootfs: { type: 'layers', diff_ids: [toDigest(layer)] },
    }),
  );
  await pushBlob(options, layer);
  await pushBlob(options, config);
  const mediaType = docker
    ? 'application/vnd.docker.distribution.manifest.v2+json'
    : 'application/vnd.oci.image.manifest.v1+json';
  return toManifest(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: docker
        ? 'application/vnd.docker.container.image.v1+json'
        : 'application/vnd.oci.image.config.v1+json',
      digest: toDigest(config),
      size: config.length,
    },
    layers: [
      {
        mediaType: docker
          ? 'application/vnd.docker.image.rootfs.diff.tar.gzip'
          : 'application/vnd.oci.image.layer.v1.tar',
        digest: toDigest(layer),
        size: layer.length,
      },
    ],
    ...annotate(options, 'manifest annotation', revision),
  });
}

function annotate(
  { revisionIn }: PushImageOptions,
  where: PushImageOptions['revisionIn'],
  revision: string | undefined,
) {
  return revisionIn === where && revision !== undefined
    ? { annotations: { [key]: revision } }
    : {};
}

function toManifest(mediaType: string, content: object): PushedImage {
  // Two spaces: exact bytes are not what JSON.stringify would give again.
  const bytes = Buffer.from(JSON.stringify(content, undefined, 2));
  return { digest: toDigest(bytes), mediaType, bytes };
}

function toDigest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function pushBlob(
  { registry, repository, headers }: PushImageOptions,
  bytes: Uint8Array,
): Promise<void> {
  const started = await fetch(`${registry}/v2/${repository}/blobs/uploads/`, {
    method: 'POST',
    headers,
  });
  const location = started.headers.get('location');
  if (location === null) throw new Error(`no upload: ${started.status}`);
  const url = new URL(location, registry);
  url.searchParams.set('digest', toDigest(bytes));
  const done = await fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  if (done.status !== 201) throw new Error(`blob: ${done.status}`);
}

async function putManifest(
  { registry, repository, headers }: PushImageOptions,
  reference: string,
  manifest: PushedImage,
): Promise<PushedImage> {
  const done = await fetch(
    `${registry}/v2/${repository}/manifests/${reference}`,
    {
      method: 'PUT',
      headers: { ...headers, 'content-type': manifest.mediaType },
      body: new Uint8Array(manifest.bytes),
    },
  );
  if (done.status !== 201) {
    throw new Error(`manifest: ${done.status} ${await done.text()}`);
  }
  return manifest;
}
