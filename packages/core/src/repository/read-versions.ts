import type { RemoteRefs, VersionTag } from './repository-data';
import { selectVersionTags } from './version-tags';
import type { VersionLineChoice } from './version-tags';

/** The version tags of a line, highest version first. Reads the repository's refs, and nothing else. */
export async function readVersions(
  repository: { readRefs(signal: AbortSignal): Promise<RemoteRefs> },
  line: VersionLineChoice,
  signal: AbortSignal,
): Promise<readonly VersionTag[]> {
  const refs = await repository.readRefs(signal);
  return selectVersionTags(refs.tags, line).tags;
}
