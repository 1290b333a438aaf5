import { imageTypes, revisionKey, toDigest } from '../manifest';
import type { ImageManifest } from '../../release/ports';
import { tar } from './tar';

/** A commit of a service whose image is made. */
export interface ImagedCommit {
  /** Name of the service: `savings` */
  readonly service: string;
  /** Object id. */
  readonly commit: string;
  readonly version: string;
  /** When the commit was made. */
  readonly created: Date;
}

/** The image of a commit: its manifest, and the blobs that the manifest names. */
export interface CommitImage {
  readonly manifest: ImageManifest;
  /** By digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/**
 * The image of a commit of a service, as its Nix build configures it, with the version as its only file: enough to be
 * promoted and pinned, and of the same bytes on every machine.
 */
export function commitImage({
  service,
  commit,
  version,
  created,
}: ImagedCommit): CommitImage {
  const name = service.replaceAll('-', '_');
  const prefix = name.toUpperCase();
  const layer = tar({ 'app/VERSION': `${version} ${commit}\n` }, created);
  const config = json({
    created: created.toISOString(),
    architecture: 'amd64',
    os: 'linux',
    config: {
      User: '1000',
      ExposedPorts: { '8000/tcp': {} },
      Env: [
        `${prefix}_DB_PATH=/data/ledger.duckdb`,
        `${prefix}_ENV=production`,
      ],
      Cmd: [
        ...['python', '-m', 'uvicorn', `${name}.core.app:create_app`],
        ...['--factory', '--host', '0.0.0.0', '--port', '8000'],
      ],
      Labels: {
        [revisionKey]: commit,
        'org.opencontainers.image.title': service,
      },
    },
    rootfs: { type: 'layers', diff_ids: [toDigest(layer)] },
  });
  const [mediaType] = imageTypes;
  const bytes = json({
    schemaVersion: 2,
    mediaType,
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar', layer)],
  });
  return {
    manifest: { digest: toDigest(bytes), mediaType, bytes },
    blobs: new Map([layer, config].map(blob => [toDigest(blob), blob])),
  };
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function descriptor(mediaType: string, blob: Uint8Array) {
  return { mediaType, digest: toDigest(blob), size: blob.length };
}
