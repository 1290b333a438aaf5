/** How many digits the currency has after the point: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', {
        style: 'currency',
        currency,
      }).resolvedOptions().maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

/** Minor units as a decimal number, without floating point: toDecimal(-1205, 2) is "-12.05". */
export function toDecimal(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** For people: formatMoney(123456, 'EUR', 'en') is "€1,234.56". */
export function formatMoney(
  minor: number,
  currency: string,
  locale?: string,
): string {
  const digits = minorDigits(currency);
  const decimal = toDecimal(minor, digits) as `${number}`;
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      numberingSystem: 'latn',
    }).format(decimal);
  } catch {
    // Not a code of three letters.
    return `${toDecimal(minor, digits)} ${currency}`;
  }
}

/** For an input: the same without the currency and without marks between thousands. */
export const formatPlain = (
  minor: number,
  currency: string,
  locale?: string,
): string => {
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    numberingSystem: 'latn',
  }).format(toDecimal(minor, digits) as `${number}`);
};
