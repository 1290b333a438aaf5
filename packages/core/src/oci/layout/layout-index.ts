import { z } from 'zod/v3';
import type { ImageManifest } from '../../release/ports';
import { digestPattern, tagPattern } from '../manifest';

/** Annotation of an entry that is its tag (OCI image spec, annotations.md). */
const refNameKey = 'org.opencontainers.image.ref.name';

/** Entries of an index.json that are looked at; a repository of years has a thousand tags. */
export const maxEntries = 10_000;

/** The grammar of a ref name in the image spec: a tag, or the whole name of an image. Never a path. */
const refName =
  /^[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*(?:\/[A-Za-z0-9]+(?:(?:[-._:@+]|--)[A-Za-z0-9]+)*)*$/;
const maxRefName = 512;

const isRefName = (name: string) =>
  name.length <= maxRefName && (tagPattern.test(name) || refName.test(name));

const entrySchema = z
  .object({
    mediaType: z.string().min(1),
    digest: z.string().regex(digestPattern, 'is no sha256 digest'),
    size: z.number().int().nonnegative(),
    annotations: z
      .object({
        [refNameKey]: z
          .string()
          .refine(isRefName, 'is neither a tag nor the name of an image')
          .optional(),
      })
      .catchall(z.string())
      .optional(),
  })
  .passthrough();
const indexSchema = z
  .object({
    schemaVersion: z.literal(2),
    manifests: z.array(entrySchema).max(maxEntries),
  })
  .passthrough();

/** An entry of an index.json; fields that others wrote stay in it. */
export type LayoutEntry = z.infer<typeof entrySchema>;

/** The index.json of a layout; fields that others wrote stay in it. */
export type LayoutIndex = z.infer<typeof indexSchema>;

/** @returns the problem in words where it is none. */
export function parseLayoutIndex(
  bytes: Uint8Array,
):
  | { readonly kind: 'index'; readonly index: LayoutIndex }
  | { readonly kind: 'invalid'; readonly problem: string } {
  const invalid = (problem: string) => ({ kind: 'invalid' as const, problem });
  const json = toJson(bytes);
  if (json === undefined) return invalid('index.json is not JSON');
  const parsed = indexSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(
      `index.json is not valid at ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  const digests = new Map<string, string>();
  for (const entry of parsed.data.manifests) {
    const tag = tagOf(entry);
    if (tag === undefined) continue;
    const other = digests.get(tag);
    if (other !== undefined && other !== entry.digest) {
      return invalid(
        `index.json names two images ${tag}: ${other} and ${entry.digest}`,
      );
    }
    digests.set(tag, entry.digest);
  }
  return { kind: 'index', index: parsed.data };
}

/** The entry that has a tag. */
export function entryOfTag(
  index: LayoutIndex,
  tag: string,
): LayoutEntry | undefined {
  return index.manifests.find(entry => tagOf(entry) === tag);
}

/** An entry of a digest, whatever its tag. */
export function entryOfDigest(
  index: LayoutIndex,
  digest: string,
): LayoutEntry | undefined {
  return index.manifests.find(entry => entry.digest === digest);
}

/**
 * The index with a manifest in it, under a tag where one is given. An image that loses the tag stays in the index by its
 * digest, as in a registry; what others wrote is left as it is.
 */
export function withManifest(
  index: LayoutIndex,
  { digest, mediaType, bytes }: ImageManifest,
  tag: string | undefined,
): LayoutIndex {
  const others = index.manifests.flatMap(entry => {
    if (tag === undefined || tagOf(entry) !== tag) return [entry];
    const isKept =
      entry.digest === digest ||
      index.manifests.some(
        each => each !== entry && each.digest === entry.digest,
      );
    return isKept ? [] : [withTag(entry, undefined)];
  });
  const untagged = others.find(
    entry => entry.digest === digest && tagOf(entry) === undefined,
  );
  const known = untagged ?? entryOfDigest(index, digest);
  const entry = withTag(
    known ?? { mediaType, digest, size: bytes.length },
    tag,
  );
  const manifests = untagged
    ? others.map(each => (each === untagged ? entry : each))
    : [...others, entry];
  return { ...index, manifests };
}

/**
 * The text of an index.json.
 *
 * @returns undefined where what others wrote into it is nested too deeply to be written again.
 */
export function printLayoutIndex(index: LayoutIndex): string | undefined {
  try {
    return `${JSON.stringify(index, undefined, 2)}\n`;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function tagOf({ annotations }: LayoutEntry): string | undefined {
  return annotations?.[refNameKey];
}

function withTag(entry: LayoutEntry, tag: string | undefined): LayoutEntry {
  const { annotations = {}, ...rest } = entry;
  const { [refNameKey]: former, ...others } = annotations;
  const next = tag === undefined ? others : { ...others, [refNameKey]: tag };
  return Object.keys(next).length === 0 ? rest : { ...rest, annotations: next };
}

function toJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
