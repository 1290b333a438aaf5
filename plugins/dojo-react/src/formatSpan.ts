const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds as the figure of a page, in one unit: `9 s`, `4 min`, `2 h`, `1.9 d`. Half a unit counts up. */
export function formatSpan(milliseconds: number): string {
  const { unit, size } = unitOf(milliseconds);
  const amount = milliseconds / size;
  const tenths = size >= hour && amount < 10;
  return `${amount.toLocaleString(undefined, {
    maximumFractionDigits: tenths ? 1 : 0,
  })} ${unit}`;
}

function unitOf(milliseconds: number) {
  // What would be rounded to a whole one of the next unit is said in that.
  if (milliseconds < 59.5 * second) return { unit: 's', size: second };
  if (milliseconds < 59.5 * minute) return { unit: 'min', size: minute };
  if (milliseconds < 23.95 * hour) return { unit: 'h', size: hour };
  return { unit: 'd', size: day };
}
