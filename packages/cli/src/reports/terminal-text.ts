/**
 * Text that a terminal shows and does not obey: control characters other than line end and tab, and those that turn the
 * direction of text, become U+FFFD. What commits and servers say is printed through it.
 */
export function terminalText(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );
}
