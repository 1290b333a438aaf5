import type { RemoteRefs } from '../../repository/repository-data';

/** Parses `ls-remote --symref`; line by line in place, since thousands of tags are usual. */
export function parseRefs(text: string): RemoteRefs {
  const branches = new Map<string, string>();
  const tags: { name: string; oid: string; commit: string }[] = [];
  let headBranch: string | undefined;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const tab = text.indexOf('\t', at);
    if (tab === -1 || tab > end) break;
    const value = text.slice(at, tab);
    if (text.startsWith('refs/tags/', tab + 1)) {
      if (text.startsWith('^{}', end - 3)) {
        // The line after the tag's own: what it leads to in the end.
        const tag = tags.at(-1);
        if (tag !== undefined) tag.commit = value;
      } else {
        const name = text.slice(tab + 1 + 'refs/tags/'.length, end);
        tags.push({ name, oid: value, commit: value });
      }
    } else if (text.startsWith('refs/heads/', tab + 1)) {
      branches.set(text.slice(tab + 1 + 'refs/heads/'.length, end), value);
    } else if (value.startsWith('ref: refs/heads/')) {
      headBranch = value.slice('ref: refs/heads/'.length);
    }
    at = end + 1;
  }
  return { ...(headBranch !== undefined && { headBranch }), branches, tags };
}
