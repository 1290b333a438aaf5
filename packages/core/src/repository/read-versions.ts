import type { RemoteRefs, VersionTag } from './repository-data';
import { selectVersionTags } from './version-tags';

/** The version tags of a repository, highest version first. Reads its refs, and nothing else. */
export async function readVersions(
  repository: { readRefs(signal: AbortSignal): Promise<RemoteRefs> },
  signal: AbortSignal,
): Promise<readonly VersionTag[]> {
  return selectVersionTags((await repository.readRefs(signal)).tags).tags;
}
