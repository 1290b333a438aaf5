import { type RefObject, useEffect, useRef } from 'react';
import { stepButtons } from './stepButtons';

/** Disables the way to the next step while there is nothing to go on with; the page says why. */
export function useBlockedStep(isBlocked: boolean): RefObject<HTMLDivElement> {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { next } = stepButtons(root.current);
    if (!isBlocked || !next) return undefined;
    next.disabled = true;
    // What @backstage/ui draws a disabled button by.
    next.setAttribute('data-disabled', 'true');
    return () => {
      next.disabled = false;
      next.removeAttribute('data-disabled');
    };
  }, [isBlocked]);
  return root;
}
