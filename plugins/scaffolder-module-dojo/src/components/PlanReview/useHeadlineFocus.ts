import { type RefObject, useEffect } from 'react';
import type { AnswerState } from 'backstage-plugin-dojo-react';

/**
 * Brings the focus to the headline of a plan when it is there, and to the review itself where there can be none. The
 * form's own steps leave it nowhere, at the top of the document; a reader who has moved on meanwhile is left where they
 * are.
 */
export function useHeadlineFocus(
  section: RefObject<HTMLElement>,
  kind: AnswerState<unknown>['kind'],
): void {
  useEffect(() => {
    const isThere = kind === 'loaded' || kind === 'failed';
    if (!isThere || document.activeElement !== document.body) return;
    const headline = section.current?.querySelector<HTMLElement>('h3');
    const target = (kind === 'loaded' && headline) || section.current;
    if (!target) return;
    target.tabIndex = -1;
    // The page stays where the form scrolled it to.
    target.focus({ preventScroll: true });
  }, [section, kind]);
}
