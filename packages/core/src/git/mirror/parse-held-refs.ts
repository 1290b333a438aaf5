import type { ListedRefs } from '../../repository/repository-data';

/** The ref of what the portal notes at commits. */
export const notesRef = 'refs/notes/dojo';

const heads = 'refs/heads/';
const tagRefs = 'refs/tags/';

/** Parses `for-each-ref` by the format `%(objectname) %(*objectname) %(refname)`, where the second is empty but for annotated tags. */
export function parseHeldRefs(text: string): ListedRefs {
  const branches = new Map<string, string>();
  const tags: { name: string; oid: string; commit: string }[] = [];
  let notes: string | undefined;
  for (const line of text.split('\n')) {
    const first = line.indexOf(' ');
    const second = line.indexOf(' ', first + 1);
    if (second < 0) continue;
    const oid = line.slice(0, first);
    const peeled = line.slice(first + 1, second);
    const name = line.slice(second + 1);
    if (name.startsWith(heads)) branches.set(name.slice(heads.length), oid);
    else if (name.startsWith(tagRefs)) {
      const commit = peeled === '' ? oid : peeled;
      tags.push({ name: name.slice(tagRefs.length), oid, commit });
    } else if (name === notesRef) notes = oid;
  }
  return { branches, tags, ...(notes !== undefined && { notes }) };
}
