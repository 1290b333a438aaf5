import type { ImagePin } from 'backstage-plugin-dojo-common';
import type { ImageEntry } from './kustomization';

const digestPattern = /^sha256:[0-9a-f]{64}$/;
const tagWithDigest = /^(.*)@(sha256:[0-9a-f]{64})$/;

/** Where the digest of an entry stands. */
export interface SplitTag {
  /** The tag without a digest in it; undefined: there is no `newTag`. */
  readonly tag?: string;
  /** The digest inside `newTag`, as `0.1.0@sha256:…`. */
  readonly digestInTag?: string;
}

/** Takes `newTag` apart, which may carry a digest. */
export function splitTag({ newTag }: Pick<ImageEntry, 'newTag'>): SplitTag {
  if (newTag === undefined) return {};
  const found = tagWithDigest.exec(newTag);
  if (found === null) return { tag: newTag };
  return {
    ...(found[1] !== '' && { tag: found[1] }),
    digestInTag: found[2],
  };
}

/** What an entry says, in one spelling. */
export function toPin(entry: ImageEntry): ImagePin {
  const { tag, digestInTag } = splitTag(entry);
  const digest = entry.digest ?? digestInTag;
  return {
    name: entry.name,
    ...(entry.newName !== undefined && { newName: entry.newName }),
    ...(tag !== undefined && { newTag: tag }),
    ...(digest !== undefined && digestPattern.test(digest) && { digest }),
  };
}

/** The repository that an entry makes its image come from. */
export function repositoryOf({
  name,
  newName,
}: Pick<ImagePin, 'name' | 'newName'>): string {
  return newName ?? name;
}

/**
 * Whether a cluster can pull from a repository. An image layout, `oci:images/ledger`, is a folder in which digests are
 * looked up: its name is no image's, and the base's own stays.
 */
export function isPullable(repository: string): boolean {
  return !repository.startsWith('oci:');
}
