import type { ChangedFile, LandedCommit } from '../../deploy/landings/ports';

/** Of one commit; one that changes more is no deployment, and is told by those that are read. */
const maxFiles = 20_000;

const gone = /^0+$/;

/**
 * Parses `git log -z --raw --no-abbrev --format='%H %P'`: of each commit its ids, and of each change a line that begins
 * with a colon and its path. Links and submodules count as gone.
 */
export function parseLandingLog(text: string): LandedCommit[] {
  const commits: (LandedCommit & { files: ChangedFile[] })[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    at = token.next;
    const line = token.text.startsWith('\n') ? token.text.slice(1) : token.text;
    if (!line.startsWith(':')) {
      if (line === '') continue;
      const [commit, ...parents] = line.split(' ').filter(Boolean);
      commits.push({ commit, parents, files: [] });
      continue;
    }
    const path = tokenAt(text, at);
    at = path.next;
    const [, mode, , oid] = line.split(' ');
    const files = commits.at(-1)?.files;
    if (files === undefined || files.length >= maxFiles) continue;
    const isFile = mode.startsWith('100') && !gone.test(oid);
    files.push({ path: path.text, ...(isFile && { oid }) });
  }
  return commits;
}

function tokenAt(text: string, at: number): { text: string; next: number } {
  const end = text.indexOf('\0', at);
  return end < 0
    ? { text: text.slice(at), next: text.length }
    : { text: text.slice(at, end), next: end + 1 };
}
