/** GitHub refuses bodies of 125,000 characters and more, with 422 and after the tag is out. */
export const maxBodyLength = 125_000;

/**
 * Notes as the body of a release: whole where they are short enough, else cut at the end of a line, with a link to the
 * rest. The result has fewer than `limit` UTF-16 units, so fewer characters by any count.
 */
export function cutNotes(
  notes: string,
  notesUrl: string,
  limit: number = maxBodyLength,
): string {
  if (notes.length < limit) return notes;
  const link = `\n\n… The notes are too long for this page: [all of them](${notesUrl}).\n`;
  const room = limit - 1 - link.length;
  const end = notes.lastIndexOf('\n', room);
  const cut = end > 0 ? notes.slice(0, end) : notes.slice(0, room);
  // Half a surrogate pair is no character, and JSON would carry it as one.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}${link}`;
}
