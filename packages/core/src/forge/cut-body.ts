/** GitHub takes 65,536 characters of a body, and counts some of them twice. */
export const maxRequestBody = 60_000;

const rest = '\n\n… The rest is too long for this page.\n';

/** A request's body: whole where it is short enough, else cut at the end of a line, and it says so. */
export function cutBody(body: string, limit: number = maxRequestBody): string {
  if (body.length <= limit) return body;
  const room = limit - rest.length;
  const end = body.lastIndexOf('\n', room);
  const cut = end > 0 ? body.slice(0, end) : body.slice(0, room);
  // Half a surrogate pair is no character, and JSON would carry it as one.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}${rest}`;
}
