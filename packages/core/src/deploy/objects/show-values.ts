import { quoted } from './field-path';
import { withoutPasswords } from './hidden-values';
import { isList, isMap } from './plain-value';

/** What stands where a value is hidden. */
const hidden = '(hidden)';
/** What tells that one that is shown the same is another. */
const changed = '(changed)';

const contextLength = 40;
/** What YAML would read as something else than text, or what begins like our own marks. */
const notPlain =
  /^(?:$|[\s({["'…~<&*!|>%@`#-]|[-+.]?\d|(?:null|true|false|yes|no|on|off|y|n)$)|[\s:]$|: | #|[\p{Cc}\p{Cf}\u2028\u2029]/iu;

/** The two sides of a difference, as text. An absent side is undefined. */
export interface ShownValues {
  readonly before?: string;
  readonly after?: string;
}

/** That a value is there, or another one than before. */
export function hideValues(before: unknown, after: unknown): ShownValues {
  return {
    ...(before !== undefined && { before: hidden }),
    ...(after !== undefined && {
      after: before === undefined ? hidden : `${hidden} ${changed}`,
    }),
  };
}

/**
 * Scalars as YAML would have them on one line: text in quotes only where it would be read as something else. Of long
 * text a part around the first difference is shown, `maxLength` characters at most. Passwords in addresses are left out.
 */
export function showValues(
  before: unknown,
  after: unknown,
  maxLength: number,
): ShownValues {
  const one = toText(before);
  const other = toText(after);
  const start = Math.max(0, firstDifference(one, other) - contextLength);
  const shownBefore = one && show(one, start, maxLength);
  const shownAfter = other && show(other, start, maxLength);
  return {
    ...(shownBefore !== undefined && { before: shownBefore }),
    ...(shownAfter !== undefined && {
      after:
        shownAfter === shownBefore ? `${shownAfter} ${changed}` : shownAfter,
    }),
  };
}

interface Text {
  readonly text: string;
  readonly isString: boolean;
}

function toText(value: unknown): Text | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') {
    return { text: withoutPasswords(value), isString: true };
  }
  if (isMap(value)) return { text: '{}', isString: false };
  if (isList(value)) return { text: '[]', isString: false };
  return { text: String(value), isString: false };
}

function firstDifference(one?: Text, other?: Text): number {
  if (!one?.isString || !other?.isString) return 0;
  const length = Math.min(one.text.length, other.text.length);
  for (let index = 0; index < length; index++) {
    if (one.text[index] !== other.text[index]) return index;
  }
  return length;
}

function show(
  { text, isString }: Text,
  from: number,
  maxLength: number,
): string {
  if (!isString) return text;
  if (text.length <= maxLength) return plainOrQuoted(text);
  // A part of a pair of code units is no character.
  const part = text
    .slice(from, from + maxLength)
    .replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  const before = from > 0 ? '…' : '';
  const after = from + maxLength < text.length ? '…' : '';
  return `${before}${quoted(part)}${after} (${text.length} characters)`;
}

function plainOrQuoted(text: string): string {
  return notPlain.test(text) ? quoted(text) : text;
}
