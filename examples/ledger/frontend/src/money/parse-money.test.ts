import { describe, expect, it } from 'vitest';
import { formatMoney, formatPlain } from './format-money';
import { parseMoney } from './parse-money';

describe('parseMoney', () => {
  it.each([
    ['12', 'EUR', 'en', 1200],
    ['12.5', 'EUR', 'en', 1250],
    ['12,50', 'EUR', 'en', 1250],
    ['1,234', 'EUR', 'en', 123400],
    ['1.234', 'EUR', 'de', 123400],
    ['1.234,56', 'EUR', 'de', 123456],
    ['12.50', 'EUR', 'de', 1250],
    ["1'234.50", 'CHF', 'de-CH', 123450],
    ['1 234,50', 'EUR', 'fr', 123450],
    [' -€3.07 ', 'EUR', 'en', -307],
    ['\u22123.07 EUR', 'EUR', 'en', -307],
    ['-0', 'EUR', 'en', 0],
    ['.5', 'EUR', 'en', 50],
    ['700', 'JPY', 'en', 700],
    ['1.005', 'KWD', 'en', 1005],
    ['90071992547409.91', 'EUR', 'en', Number.MAX_SAFE_INTEGER],
  ])('reads %j in %s, %s', (typed, currency, locale, expected) => {
    expect(parseMoney(typed, currency, locale)).toBe(expected);
  });

  it.each([
    ['', 'EUR', 'en'],
    ['-', 'EUR', 'en'],
    ['.', 'EUR', 'en'],
    ['twelve', 'EUR', 'en'],
    ['1.2.3', 'EUR', 'en'],
    ['12,34,56', 'EUR', 'en'],
    ['1.005', 'EUR', 'en'],
    ['7.5', 'JPY', 'en'],
    ['1e3', 'EUR', 'en'],
    ['90071992547409.92', 'EUR', 'en'],
  ])('refuses %j in %s, %s', (typed, currency, locale) => {
    expect(parseMoney(typed, currency, locale)).toBeUndefined();
  });

  it('reads back what is written, in every locale', () => {
    for (const locale of [
      'en',
      'de',
      'fr',
      'de-CH',
      'pl',
      'hi',
      'sv',
      'ar-EG',
    ]) {
      for (const currency of ['EUR', 'JPY', 'KWD']) {
        for (const minor of [0, 1, 99, 100, 123456789]) {
          const read = [
            parseMoney(formatPlain(minor, currency, locale), currency, locale),
            parseMoney(formatMoney(minor, currency, 'en'), currency, 'en'),
          ];
          expect(read, `${locale} ${currency}`).toEqual([minor, minor]);
        }
      }
    }
  });
});
