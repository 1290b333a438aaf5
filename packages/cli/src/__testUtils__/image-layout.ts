import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const type = 'application/vnd.oci.image';
const refName = 'org.opencontainers.image.ref.name';

/** Writes an OCI image layout with one image for each commit, under its SHA as CI pushes it. */
export function writeImageLayout(
  folder: string,
  commits: readonly string[],
): void {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const blob = (mediaType: string, json: unknown) => {
    const text = JSON.stringify(json);
    const hex = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(folder, 'blobs/sha256', hex), text);
    return { mediaType, digest: `sha256:${hex}`, size: text.length };
  };
  const manifests = commits.map(commit => {
    const config = blob(`${type}.config.v1+json`, {
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: { 'org.opencontainers.image.revision': commit } },
      rootfs: { type: 'layers', diff_ids: [] },
    });
    const manifest = blob(`${type}.manifest.v1+json`, {
      schemaVersion: 2,
      mediaType: `${type}.manifest.v1+json`,
      config,
      layers: [],
    });
    return { ...manifest, annotations: { [refName]: commit } };
  });
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests }),
  );
}

/**
 * Tag -> digest, of a layout that is whole.
 *
 * @throws Error where it is not: an entry without its blob, bytes of another digest.
 */
export function readImageLayout(folder: string): Map<string, string> {
  const { manifests } = JSON.parse(
    readFileSync(join(folder, 'index.json'), 'utf8'),
  ) as {
    manifests: {
      digest: string;
      size: number;
      annotations?: Record<string, string>;
    }[];
  };
  for (const name of readdirSync(join(folder, 'blobs/sha256'))) {
    const bytes = readFileSync(join(folder, 'blobs/sha256', name));
    const hex = createHash('sha256').update(bytes).digest('hex');
    if (hex !== name) throw new Error(`${name} has the bytes of ${hex}`);
  }
  const tags = new Map<string, string>();
  for (const { digest, annotations = {} } of manifests) {
    if (!existsSync(join(folder, 'blobs/sha256', digest.slice(7)))) {
      throw new Error(`${digest} is named and not there`);
    }
    if (refName in annotations) tags.set(annotations[refName], digest);
  }
  return tags;
}
