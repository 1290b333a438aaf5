import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useStableCallback } from './useStableCallback';

/** How long rows that are there may take to be drawn; milliseconds. */
const drawnWithinMs = 10_000;

/**
 * Remembers in the address from which row the reader went, and how far down the page was; whoever comes back, or opens
 * such an address, finds the page there, with the focus on the row's link.
 *
 * @param ready - Whether the rows are there.
 * @returns What to call before the reader goes, with the `id` of the row's link.
 */
export function useReturnToRow(ready: boolean): (id: string) => void {
  const { search, hash, state } = useLocation();
  const navigate = useNavigate();
  const came = useRef({ hash, state });

  useEffect(() => {
    const { hash: from, state: kept } = came.current;
    if (!ready || from === '') return undefined;
    const id = decode(from.slice(1));
    const come = () => {
      const link = document.getElementById(id);
      if (!link) return false;
      came.current = { hash: '', state: null };
      returnTo(link, kept?.scrollTop);
      return true;
    };
    if (come()) return undefined;
    // The table draws its rows a moment after it has them; whoever is not there by then is not listed any more.
    const observer = new MutationObserver(() => {
      if (come()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(() => observer.disconnect(), drawnWithinMs);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [ready]);

  return useStableCallback(id => {
    const link = document.getElementById(id);
    navigate(
      { search, hash: `#${encodeURIComponent(id)}` },
      {
        replace: true,
        state: {
          ...state,
          ...(link && { scrollTop: scrollerOf(link).scrollTop }),
        },
      },
    );
  });
}

function returnTo(link: HTMLElement, scrollTop: unknown): void {
  if (typeof scrollTop === 'number') {
    scrollerOf(link).scrollTop = scrollTop;
  } else {
    link.scrollIntoView?.({ block: 'center' });
  }
  link.focus({ preventScroll: true });
}

/** What scrolls when the page does: the nearest box around `element` that is scrolled up and down, else the document. */
function scrollerOf(element: Element): Element {
  for (let box = element.parentElement; box; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box);
    const scrolls = overflowY === 'auto' || overflowY === 'scroll';
    if (scrolls && box.scrollHeight > box.clientHeight) return box;
  }
  return document.scrollingElement ?? document.documentElement;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
