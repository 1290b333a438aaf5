import { DateTime } from 'luxon';
import { fromNow } from './fromNow';

/** When something was, and how long ago: `Nov 22, 2026, 7:15 AM, 1 day ago`. @param at - ISO 8601. */
export function formatTime(at: string): string {
  const time = DateTime.fromISO(at);
  return [time.toLocaleString(DateTime.DATETIME_MED), fromNow(time)].join(', ');
}
