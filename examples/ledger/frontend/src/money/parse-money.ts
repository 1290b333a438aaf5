import { minorDigits } from './format-money';

/**
 * What somebody typed, in minor units; undefined where it is no amount, has more digits than the currency, or is too
 * large to be exact. Takes the marks of the locale, a currency sign, and a point or comma from the numeric keypad:
 * "1.234,56" in German, "1,234.56" and "1234,5" in English.
 */
export function parseMoney(
  typed: string,
  currency: string,
  locale?: string,
): number | undefined {
  const digits = minorDigits(currency);
  const text = typed.replace(/[\s\p{Sc}'’]|\b[A-Z]{3}\b/gu, '');
  const match = /^([-+\u2212]?)([\d.,]+)$/u.exec(text);
  if (!match) return undefined;
  const [, sign = '', number = ''] = match;
  const parts = toParts(number, digits, locale);
  if (!parts || parts.fraction.length > digits) return undefined;
  const minor = Number(parts.whole + parts.fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '' || sign === '+' || minor === 0 ? minor : -minor;
}

function toParts(number: string, digits: number, locale?: string) {
  const { group, decimal } = marksOf(locale);
  const grouped = new RegExp(
    `^(\\d{1,3}(?:\\${group}\\d{3})+|\\d+)(?:\\${decimal}(\\d+))?$`,
  ).exec(number);
  if (grouped) {
    return {
      whole: (grouped[1] ?? '').replaceAll(group, ''),
      fraction: grouped[2] ?? '',
    };
  }
  // The other mark, as in "12,5" where a point is usual: it cannot be a thousand.
  const single = new RegExp(`^(\\d*)[.,](\\d{1,${Math.max(digits, 1)}})$`).exec(
    number,
  );
  return single
    ? { whole: single[1] ?? '', fraction: single[2] ?? '' }
    : undefined;
}

/** A point or a comma each; a blank or an apostrophe between thousands was removed before. */
function marksOf(locale?: string): { group: string; decimal: string } {
  const decimal =
    new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
      .formatToParts(1.5)
      .find(part => part.type === 'decimal')?.value ?? '.';
  return decimal === ','
    ? { group: '.', decimal: ',' }
    : { group: ',', decimal: '.' };
}
