/** A month as the service writes it: 2026-03. */
export type Month = string;

/** The service takes the years 1900 to 2199. */
export const isMonth = (text: string): boolean =>
  /^(19|2[01])\d\d-(0[1-9]|1[0-2])$/.test(text);

export const monthOf = (date: Date): Month =>
  `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}`;

/** The day where the person is, as 2026-03-01. */
export const dayOf = (date: Date): string =>
  `${monthOf(date)}-${two(date.getDate())}`;

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + number - 1 + count;
  return `${Math.floor(months / 12)}-${two((months % 12) + 1)}`;
}

export const monthName = (month: Month, locale?: string): string =>
  new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));

export const dayName = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

const two = (value: number) => String(value).padStart(2, '0');
