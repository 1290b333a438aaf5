import { type RefObject, useEffect } from 'react';
import { stepButtons } from './stepButtons';

/** What marks an entry of the browser's history as that of a review. */
const mark = 'dojoReview';

/**
 * Lets the browser's Back lead from a review to the fields before it, with what was typed, as the form's own button does: the
 * form's steps are one page, so that Back would leave it. The review has an entry in the history as long as it is shown.
 */
export function useBackToFields(inside: RefObject<HTMLElement>): void {
  useEffect(() => {
    const { history } = window;
    // The state beside it is the router's: for the router nothing was gone to.
    history.pushState({ ...history.state, [mark]: true }, '');
    const onPop = () => {
      if (!isMarked()) stepButtons(inside.current).back?.click();
    };
    window.addEventListener('popstate', onPop);
    return () => {
      window.removeEventListener('popstate', onPop);
      // Left by a button of the form: a later Back is not spent on an entry that leads nowhere.
      if (isMarked()) history.back();
    };
  }, [inside]);
}

function isMarked(): boolean {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null && mark in state;
}
