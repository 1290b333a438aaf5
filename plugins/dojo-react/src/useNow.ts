import { useEffect, useState } from 'react';

/** The time in milliseconds since 1970, which goes on while the page is open. @param everyMs - how often it is told. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
