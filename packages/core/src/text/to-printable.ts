/** A system's own words take at most this much of a message. */
const maxLength = 300;

/** A system's words as one short line: control and direction characters removed, cut at 300 characters. */
export function toPrintable(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
