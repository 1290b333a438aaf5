import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import {
  changeView,
  type DeliveriesView,
  formatDeliveriesView,
  parseDeliveriesView,
} from './deliveriesView';

/** What the browser's history keeps beside an address of the list. */
interface DeliveriesHistoryState {
  /** Where the pages before this one begin; `''` is the first row. */
  readonly before?: readonly string[];
  readonly scrollTop?: number;
}

/** The view that the address asks for, and the ways to another one. */
export interface DeliveriesAddress {
  readonly view: DeliveriesView;
  /** How many pages come before; absent where the reader came to this one by a link. */
  readonly page: number | undefined;
  /** Shows something else, as a new entry of the browser's history; `replace`: in place of this one, as while typing. */
  readonly change: (
    wishes: Partial<Record<keyof DeliveriesView, unknown>>,
    options?: { readonly replace?: boolean },
  ) => void;
  readonly show: (view: DeliveriesView) => void;
  readonly next: (cursor: string) => void;
  readonly previous: () => void;
}

/** Reads and writes the address of the list; nothing of what is shown is kept elsewhere. */
export function useDeliveriesView(): DeliveriesAddress {
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const view = useMemo(() => parseDeliveriesView(search), [search]);
  const before = (state as DeliveriesHistoryState | null)?.before;

  const go = useCallback(
    (
      to: DeliveriesView,
      options: { readonly replace?: boolean; readonly state?: object } = {},
    ) => navigate({ search: formatDeliveriesView(to) }, options),
    [navigate],
  );
  return useMemo(
    () => ({
      view,
      page: view.cursor === undefined ? 0 : before?.length,
      change: (wishes, options) => {
        const to = changeView(view, wishes);
        go(to, { ...options, ...(to.cursor && { state: { before } }) });
      },
      show: to => go(to),
      next: cursor =>
        go(
          { ...view, cursor },
          view.cursor === undefined
            ? { state: { before: [''] } }
            : before && { state: { before: [...before, view.cursor] } },
        ),
      previous: () => {
        const { cursor, ...first } = view;
        const to = before?.at(-1);
        go(to ? { ...first, cursor: to } : first, {
          state: { before: before?.slice(0, -1) },
        });
      },
    }),
    [view, before, go],
  );
}
