/** How long ago something was, in the largest whole unit; `just-now` within a minute, `date` where days say too little. */
export type AgoOf =
  | { readonly kind: 'just-now' | 'date' }
  | { readonly kind: 'seconds' | 'minutes' | 'hours'; readonly count: number }
  | { readonly kind: 'days'; readonly count: number };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Above it, a reader wants the date. */
const mostDays = 60;

/**
 * @param milliseconds - below zero (clocks that differ) is now
 * @param seconds - whether seconds are told, else they are `just-now`
 */
export function agoOf(milliseconds: number, seconds: boolean): AgoOf {
  const past = Math.max(0, Math.floor(milliseconds / 1000));
  if (past < minute) {
    return seconds && past > 0
      ? { kind: 'seconds', count: past }
      : { kind: 'just-now' };
  }
  if (past < hour) return { kind: 'minutes', count: Math.floor(past / minute) };
  if (past < day) return { kind: 'hours', count: Math.floor(past / hour) };
  const days = Math.floor(past / day);
  return days > mostDays ? { kind: 'date' } : { kind: 'days', count: days };
}
