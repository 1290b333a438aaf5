/** Minutes of a week. */
export const minutesOfWeek = 7 * 24 * 60;

/** English names of the days, in the order in which the minutes of a week are counted. */
export const daysOfWeek: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** A format is dear to make, and zones are few: as many as Intl knows. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The name under which Intl holds a time zone; undefined: it knows none of this name. Upper and lower case are one, and
 * an alias (`Asia/Calcutta`) is a zone.
 */
export function toZone(written: string): string | undefined {
  try {
    return formatOf(written).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * What the clock on a wall of the zone shows at an instant, as minutes since Monday 00:00. Seconds are cut off, so that
 * an instant is at a whole minute of the wall exactly where it is at a whole minute of UTC; that holds for every zone
 * since 1972.
 */
export function wallMinute(zone: string, instant: number): number {
  const parts = cachedFormat(zone).formatToParts(instant);
  let day = 0;
  let hour = 0;
  let minute = 0;
  for (const { type, value } of parts) {
    if (type === 'weekday') day = daysOfWeek.indexOf(value);
    else if (type === 'hour') hour = Number(value);
    else if (type === 'minute') minute = Number(value);
  }
  return (day * 24 + hour) * 60 + minute;
}

function cachedFormat(zone: string): Intl.DateTimeFormat {
  const cached = formats.get(zone);
  if (cached !== undefined) return cached;
  const made = formatOf(zone);
  formats.set(zone, made);
  return made;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
