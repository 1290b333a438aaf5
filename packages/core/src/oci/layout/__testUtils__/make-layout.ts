import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageManifest } from '../../../release/ports';
import { imageTypes, indexTypes, revisionKey, toDigest } from '../../manifest';

const [imageType] = imageTypes;
const [indexType] = indexTypes;
const configType = 'application/vnd.oci.image.config.v1+json';

/** A layout as tools write it, empty at first. */
export interface TestLayout {
  readonly folder: string;
  /** Writes an image's blobs, without an entry for it. */
  image(content: string, revision?: string): ImageManifest;
  /** Writes an image of two platforms, without an entry for it. */
  platforms(...images: readonly ImageManifest[]): ImageManifest;
  /** Writes index.json with these entries. */
  tag(entries: Readonly<Record<string, ImageManifest>>): void;
  /** Writes any file below the folder. */
  write(path: string, content: unknown): void;
}

/** Makes a layout in a new folder below `root`. */
export function makeLayout(root: string, name = 'images/ledger'): TestLayout {
  const folder = join(root, name);
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const write = (path: string, content: unknown) =>
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const blob = (json: unknown) => {
    const bytes = Buffer.from(JSON.stringify(json));
    const digest = toDigest(bytes);
    write(`blobs/sha256/${digest.slice(7)}`, bytes.toString());
    return { digest, bytes, size: bytes.length };
  };
  const layout: TestLayout = {
    folder,
    write,
    image(content, revision) {
      const config = blob({
        architecture: 'amd64',
        os: 'linux',
        config: { Labels: revision && { [revisionKey]: revision }, content },
      });
      const { digest, bytes } = blob({
        schemaVersion: 2,
        mediaType: imageType,
        config: {
          mediaType: configType,
          digest: config.digest,
          size: config.size,
        },
        layers: [],
      });
      return { digest, bytes, mediaType: imageType };
    },
    platforms(...images) {
      const { digest, bytes } = blob({
        schemaVersion: 2,
        manifests: images.map(each => ({
          mediaType: each.mediaType,
          digest: each.digest,
          size: each.bytes.length,
        })),
      });
      return { digest, bytes, mediaType: indexType };
    },
    tag(entries) {
      write('index.json', {
        schemaVersion: 2,
        manifests: Object.entries(entries).map(([name_, each]) => ({
          mediaType: each.mediaType,
          digest: each.digest,
          size: each.bytes.length,
          annotations: { 'org.opencontainers.image.ref.name': name_ },
        })),
      });
    },
  };
  write('oci-layout', { imageLayoutVersion: '1.0.0' });
  layout.tag({});
  return layout;
}
