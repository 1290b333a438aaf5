import { createHash } from 'node:crypto';
import { z } from 'zod/v3';

/** Label and annotation that name the commit an image was built from (OCI image spec, annotations.md). */
export const revisionKey = 'org.opencontainers.image.revision';

export const imageTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;
export const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const;

/** Configurations that hold labels; anything else is an artifact's. */
export const configTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
] as const;

/** Registries take manifests up to 4 MiB (distribution spec, "Pushing Manifests"); a configuration gets as much. */
export const maxDocumentBytes = 4 * 1024 * 1024;

export const digestPattern = /^sha256:[0-9a-f]{64}$/;
export const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const annotations = z.record(z.string()).nullish();
const descriptor = z.object({
  mediaType: z.string(),
  digest: z.string().regex(digestPattern),
  size: z.number().int().nonnegative(),
  annotations,
});
const platformDescriptor = descriptor.extend({
  platform: z.object({ architecture: z.string(), os: z.string() }).nullish(),
});
const imageSchema = z.object({
  mediaType: z.enum(imageTypes).optional(),
  config: descriptor,
  layers: z.array(z.unknown()),
  annotations,
  // A document that is both would be read one way here and another way there (CVE-2021-41190).
  manifests: z.undefined(),
});
const indexSchema = z.object({
  mediaType: z.enum(indexTypes).optional(),
  manifests: z.array(platformDescriptor).max(200),
  annotations,
  config: z.undefined(),
  layers: z.undefined(),
});

/** The parts of a manifest that a promotion reads. */
export type ParsedManifest =
  | ({ readonly kind: 'image' } & z.infer<typeof imageSchema>)
  | ({ readonly kind: 'index' } & z.infer<typeof indexSchema>);

/** An entry of an index. */
export type PlatformDescriptor = z.infer<typeof platformDescriptor>;

/**
 * Parses a manifest or index of the media type under which it was served.
 *
 * @returns the problem in words where it is neither.
 */
export function parseManifest(
  mediaType: string,
  bytes: Uint8Array,
): ParsedManifest | { readonly kind: 'invalid'; readonly problem: string } {
  const invalid = (problem: string) => ({ kind: 'invalid' as const, problem });
  const isImage = imageTypes.some(type => type === mediaType);
  if (!isImage && !indexTypes.some(type => type === mediaType)) {
    return invalid(`media type "${mediaType}" is no image manifest or index`);
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return invalid('the manifest is not JSON');
  }
  const parsed = (isImage ? imageSchema : indexSchema).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(
      `the manifest is not valid at ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const written = parsed.data.mediaType;
  if (written !== undefined && written !== mediaType) {
    return invalid(`it is served as "${mediaType}" but says "${written}"`);
  }
  return isImage
    ? { kind: 'image', ...imageSchema.parse(json) }
    : { kind: 'index', ...indexSchema.parse(json) };
}

/**
 * The media type of a manifest that nobody served: what it says itself, else what it must be by its fields (image spec,
 * manifest.md and image-index.md: the field is optional there).
 *
 * @returns the empty string where it is neither an image nor an index.
 */
export function toMediaType(bytes: Uint8Array): string {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof json !== 'object' || json === null) return '';
    if ('mediaType' in json) return String(json.mediaType);
    if ('manifests' in json) return indexTypes[0];
    return 'layers' in json ? imageTypes[0] : '';
  } catch {
    return '';
  }
}

/** Whether an entry of an index is a build attestation (BuildKit), which is for no platform. */
export function isAttestation(entry: PlatformDescriptor): boolean {
  return (
    (entry.platform?.os === 'unknown' &&
      entry.platform.architecture === 'unknown') ||
    entry.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest'
  );
}

/** `sha256:…` of the very bytes. */
export function toDigest(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const configSchema = z.object({
  config: z.object({ Labels: z.record(z.string()).nullish() }).nullish(),
});

/** The revision label of an image's configuration. @returns `invalid` where the configuration cannot be read. */
export function readRevisionLabel(
  bytes: Uint8Array,
):
  | { readonly kind: 'read'; readonly revision?: string }
  | { readonly kind: 'invalid' } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return { kind: 'invalid' };
  }
  const parsed = configSchema.safeParse(json);
  if (!parsed.success) return { kind: 'invalid' };
  return {
    kind: 'read',
    revision: parsed.data.config?.Labels?.[revisionKey] || undefined,
  };
}
