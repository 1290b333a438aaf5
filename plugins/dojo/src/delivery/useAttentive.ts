import { useEffect } from 'react';

const everyMs = 30_000;

/** Calls `look` every 30 seconds while the page is seen, and when somebody comes back to it. */
export function useAttentive(look: () => void): void {
  useEffect(() => {
    const lookIfSeen = () => {
      if (document.visibilityState === 'visible') look();
    };
    const timer = setInterval(lookIfSeen, everyMs);
    window.addEventListener('focus', lookIfSeen);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', lookIfSeen);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, [look]);
}
