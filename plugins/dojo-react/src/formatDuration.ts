const format = (value: number, unit: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits,
  }).format(value);

/** Milliseconds as a person reads them: `0.4 ms`, `12 ms`, `3.4 sec`, `2 min 5 sec`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) {
    return format(milliseconds, 'millisecond', milliseconds < 10 ? 1 : 0);
  }
  const seconds = milliseconds / 1000;
  if (seconds < 60) return format(seconds, 'second', 1);
  const whole = Math.round(seconds);
  const minutes = format(Math.floor(whole / 60), 'minute', 0);
  const rest = whole % 60;
  return rest === 0 ? minutes : `${minutes} ${format(rest, 'second', 0)}`;
}
