/**
 * The path that an entry of a folder means, `..` resolved. Undefined: it leads out of the root.
 *
 * @param folder from the root; empty: the root itself.
 */
export function containedPath(
  folder: string,
  path: string,
): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Whether a path is in a folder or below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** How to get from one folder to another, both from the same root. */
export function relativePath(from: string, to: string): string {
  const [start, end] = [from, to].map(path =>
    path === '' ? [] : path.split('/'),
  );
  let same = 0;
  while (same < start.length && start[same] === end[same]) same++;
  return (
    [...start.slice(same).map(() => '..'), ...end.slice(same)].join('/') || '.'
  );
}
