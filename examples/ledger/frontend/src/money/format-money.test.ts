import { describe, expect, it } from 'vitest';
import { formatMoney, formatPlain, toDecimal } from './format-money';

/** Intl puts blanks that do not break between sum and sign. */
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('formatMoney', () => {
  it.each([
    [123456, 'EUR', 'en', '€1,234.56'],
    [-5, 'EUR', 'en', '-€0.05'],
    [0, 'EUR', 'en', '€0.00'],
    [123456, 'EUR', 'de', '1.234,56 €'],
    [1234, 'JPY', 'en', '¥1,234'],
    [-1, 'KWD', 'en', '-KWD 0.001'],
    // Digits that a floating-point number would lose.
    [9007199254740991, 'EUR', 'en', '€90,071,992,547,409.91'],
    [150, 'no currency', 'en', '1.50 no currency'],
  ])('writes %d %s in %s as %s', (minor, currency, locale, expected) => {
    expect(plain(formatMoney(minor, currency, locale))).toBe(expected);
  });
});

describe('formatPlain', () => {
  it.each([
    [123456, 'EUR', 'en', '1234.56'],
    [-123456, 'EUR', 'de', '-1234,56'],
    [7, 'JPY', 'en', '7'],
  ])('writes %d %s in %s as %s', (minor, currency, locale, expected) => {
    expect(formatPlain(minor, currency, locale)).toBe(expected);
  });
});

describe('toDecimal', () => {
  it.each([
    [-5, 2, '-0.05'],
    [-1205, 2, '-12.05'],
    [12, 0, '12'],
    [1, 3, '0.001'],
  ])('writes %d with %d digits as %s', (minor, digits, expected) => {
    expect(toDecimal(minor, digits)).toBe(expected);
  });
});
