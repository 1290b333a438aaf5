import { type RefObject, useEffect } from 'react';

/**
 * Brings the focus to the headline of a plan when it is there. The form's own steps leave it nowhere, at the top of the
 * document; a reader who has moved on meanwhile is left where they are.
 */
export function useHeadlineFocus(
  section: RefObject<HTMLElement>,
  isLoaded: boolean,
): void {
  useEffect(() => {
    if (!isLoaded || document.activeElement !== document.body) return;
    const headline = section.current?.querySelector<HTMLElement>('h3');
    if (!headline) return;
    headline.tabIndex = -1;
    // The page stays where the form scrolled it to.
    headline.focus({ preventScroll: true });
  }, [section, isLoaded]);
}
