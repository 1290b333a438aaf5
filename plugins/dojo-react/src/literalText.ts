/**
 * Text of others as it is read letter by letter: control characters other than line end and tab, and those that turn
 * the direction of text, become U+FFFD, as the command prints them. With them, a page would show other SQL than runs.
 */
export function literalText(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );
}
