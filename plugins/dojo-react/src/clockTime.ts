import { DateTime } from 'luxon';

/** The time of day, `14:02`, with the day where it is another one than today's. @param at - ISO 8601 */
export function clockTime(at: string): string {
  const time = DateTime.fromISO(at);
  return time.hasSame(DateTime.fromMillis(Date.now()), 'day')
    ? time.toFormat('HH:mm')
    : time.toFormat('d LLL HH:mm');
}
