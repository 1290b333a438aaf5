import { DateTime } from 'luxon';

/** How long ago something was, or is to come. What is of this very moment was, not will be: `0 seconds ago`. */
export function fromNow(time: DateTime): string | null {
  const now = DateTime.now();
  return time.toRelative({ base: time <= now ? now.plus(1) : now });
}
