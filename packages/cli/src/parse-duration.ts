const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/**
 * Seconds of a duration such as `90s`, `10m`, `1h` or `1h30m`; a number alone is seconds.
 *
 * @returns NaN where it is none: who asked for it says what it wanted instead.
 */
export function parseDuration(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,9}[hms]){1,3}$/.test(text)) return NaN;
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * seconds[unit],
    0,
  );
}
