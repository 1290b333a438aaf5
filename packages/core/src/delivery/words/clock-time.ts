/** A day, in milliseconds. */
export const dayMs = 86_400_000;

const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** An instant in milliseconds; NaN is taken for the beginning of time, so that whoever compares it goes on. */
export function millisOf(instant: string): number {
  const millis = Date.parse(instant);
  return Number.isNaN(millis) ? 0 : millis;
}

/** `14:02`, and on another day than `now` `27 Nov 14:02`; in UTC, as everything in an English sentence. */
export function clockTime(instant: string, now: Date): string {
  const date = new Date(millisOf(instant));
  const time = date.toISOString().slice(11, 16);
  return isSameDay(date, now) ? time : `${dayOf(date)} ${time}`;
}

/** `3 Nov`; in UTC. */
export function dayOf(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

function isSameDay(a: Date, b: Date): boolean {
  return Math.floor(a.getTime() / dayMs) === Math.floor(b.getTime() / dayMs);
}
