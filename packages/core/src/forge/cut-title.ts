/** GitHub takes 256 characters, GitLab 255. */
const maxTitle = 250;

/** A request's title on one line, cut where a forge would refuse it. */
export function cutTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > maxTitle
    ? `${line.slice(0, maxTitle - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : line;
}
