import type { ImageManifest } from '../release/ports';
import {
  configTypes,
  isAttestation,
  parseManifest,
  readRevisionLabel,
  revisionKey,
} from './manifest';
import type { ParsedManifest } from './manifest';
import { ociErrors } from './oci-errors';

/** Reads by digest. @returns undefined where it is not there. */
interface RevisionSources {
  readManifest(digest: string): Promise<ImageManifest | undefined>;
  readConfig(digest: string): Promise<Uint8Array | undefined>;
}

/** An index of indexes is legal; deeper than this it is no image that a build tool makes. */
const deepest = 3;

/**
 * The commits that an image says it was built from, one for each platform that names one, in the order of the index:
 * the label of the configuration, else the annotation of the manifest, of its entry, of the index. Attestations are for
 * no platform and are passed over.
 *
 * @throws DojoError IMAGE_INCOMPLETE where a part is not in the registry, IMAGE_UNSUPPORTED where one cannot be read.
 */
export async function readRevisions(
  manifest: ImageManifest,
  subject: string,
  sources: RevisionSources,
  inherited?: string,
  depth = 1,
): Promise<string[]> {
  const parsed = parseManifest(manifest.mediaType, manifest.bytes);
  if (parsed.kind === 'invalid') {
    throw ociErrors.manifestUnsupported(subject, parsed.problem);
  }
  const annotated = parsed.annotations?.[revisionKey] || inherited;
  if (parsed.kind === 'image') {
    const label = await readLabel(parsed, subject, sources);
    const revision = label ?? annotated;
    return revision === undefined ? [] : [revision];
  }
  if (depth > deepest) {
    throw ociErrors.manifestUnsupported(
      subject,
      `it is nested deeper than ${deepest} indexes`,
    );
  }
  const revisions = await Promise.all(
    parsed.manifests
      .filter(entry => !isAttestation(entry))
      .map(async entry => {
        const child = await sources.readManifest(entry.digest);
        if (child === undefined) {
          throw ociErrors.incomplete(subject, entry.digest);
        }
        const own = entry.annotations?.[revisionKey] || annotated;
        return readRevisions(child, subject, sources, own, depth + 1);
      }),
  );
  return revisions.flat();
}

async function readLabel(
  image: Extract<ParsedManifest, { kind: 'image' }>,
  subject: string,
  sources: RevisionSources,
): Promise<string | undefined> {
  const { config } = image;
  if (!configTypes.some(type => type === config.mediaType)) return undefined;
  const bytes = await sources.readConfig(config.digest);
  if (bytes === undefined) {
    throw ociErrors.incomplete(subject, config.digest);
  }
  const label = readRevisionLabel(bytes);
  if (label.kind === 'invalid') {
    throw ociErrors.manifestUnsupported(
      subject,
      `its configuration ${config.digest} cannot be read`,
    );
  }
  return label.revision;
}
