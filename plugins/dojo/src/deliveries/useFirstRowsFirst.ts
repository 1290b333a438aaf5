import type { Deliveries } from 'backstage-plugin-dojo-common';
import { useDeferredValue, useMemo } from 'react';
import type { DeliveriesView } from './deliveriesView';

/** More than most screens hold. */
const firstRows = 12;

/**
 * An answer as it is drawn: of a new question first what a screen holds, then all of it, so that nobody waits for rows out
 * of sight. Where the same question was asked again, or the page after it, all at once: the page keeps its height.
 *
 * @param answered - The view that the answer is of.
 */
export function useFirstRowsFirst(
  answer: Deliveries | undefined,
  answered: DeliveriesView | undefined,
): Deliveries | undefined {
  const { cursor, ...question } = answered ?? {};
  const asked = answered && JSON.stringify(question);
  const isNew = useDeferredValue(asked) !== asked;
  return useMemo(
    () =>
      answer && isNew
        ? { ...answer, rows: answer.rows.slice(0, firstRows) }
        : answer,
    [answer, isNew],
  );
}
