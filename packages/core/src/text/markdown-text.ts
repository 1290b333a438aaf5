/** Zero-width space as an entity: GitHub pings nobody behind it, and it is there to see. */
const mute = '&#8203;';

// Control characters, and those that turn the direction of text.
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const special = /[\\`*[\]<>&|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
const mention = /(?<![A-Za-z0-9_`/.])@(?=[A-Za-z0-9])/g;
const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
};

/**
 * Commit text as one line of Markdown that shows it and does nothing else: HTML and Markdown are escaped, mentions
 * ping nobody, control characters are gone, and it ends with `…` where it is longer than the limit.
 */
export function markdownText(text: string, limit: number): string {
  return capped(oneLine(text), limit)
    .replace(special, char => entities[char] ?? `\\${char}`)
    .replace(mention, `@${mute}`);
}

/** Text without line ends and control characters; lone surrogates are replaced. */
export function oneLine(text: string): string {
  return text
    .replace(unseen, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Text of at most so many characters, whole ones; `…` ends it where something was left out. */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.codePointAt(limit - 2) ?? 0;
  return `${text.slice(0, end > 0xffff ? limit - 2 : limit - 1).trimEnd()}…`;
}
