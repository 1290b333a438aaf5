import { type DeployedVersion, shortOid } from 'backstage-plugin-dojo-common';

/** What people call a version: its tag, or the commit of its base where no tag is known. */
export function versionName({
  tag,
  commit,
}: Pick<DeployedVersion, 'tag' | 'commit'>): string {
  return tag ?? shortOid(commit);
}
