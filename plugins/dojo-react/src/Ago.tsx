import { DateTime } from 'luxon';
import { fromNow } from './fromNow';

/** How long ago something was, with the exact time on hover. @param at - ISO 8601. */
export function Ago({ at }: { readonly at: string }) {
  const time = DateTime.fromISO(at);
  return (
    <time
      dateTime={at}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {fromNow(time)}
    </time>
  );
}
