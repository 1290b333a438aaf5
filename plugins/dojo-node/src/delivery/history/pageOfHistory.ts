import {
  DeliveryHistory,
  deliveryHistoryQuerySchema,
  HistoryEntry,
} from 'backstage-plugin-dojo-common';
import type { ComponentFacts } from 'dojo-portal-core/delivery';
import type { z } from 'zod/v3';
import { indexErrors } from '../indexErrors';
import { fromCursor, toCursor } from '../list/listCursor';

type Query = z.output<typeof deliveryHistoryQuerySchema>;

/**
 * The page of a history that a query asks for, by the time and id of the entry before it, so that entries which come in
 * the meantime move nothing. Pure.
 *
 * @throws DojoError `DELIVERY_CURSOR_INVALID`
 */
export function pageOfHistory(
  history: readonly HistoryEntry[],
  query: Query,
  { repository }: Pick<ComponentFacts, 'repository'>,
): DeliveryHistory {
  const entries = history
    .filter(entry => isAskedFor(entry, query))
    .sort(newestFirst);
  const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
  const rest = after
    ? entries.filter(entry => newestFirst(entry, after) > 0)
    : entries;
  const page = rest.slice(0, query.limit);
  const last = page[page.length - 1];
  if (last && rest.length > page.length) {
    return { entries: page, next: toCursor([last.at, last.id]) };
  }
  const older =
    repository.kind === 'repository' && repository.olderReleases > 0
      ? repository.url
      : undefined;
  return { entries: page, ...(older !== undefined && { olderUrl: older }) };
}

function placeOf(cursor: string): Pick<HistoryEntry, 'at' | 'id'> {
  const [at, id] = fromCursor(cursor);
  if (typeof at !== 'string' || typeof id !== 'string') {
    throw indexErrors.cursorInvalid();
  }
  return { at, id };
}

function isAskedFor(
  entry: HistoryEntry,
  { kind, environment, version }: Query,
): boolean {
  const { environment: place, version: named } = entry as {
    environment?: string;
    version?: string;
  };
  return (
    (kind === undefined || entry.kind === kind) &&
    (environment === undefined || place === environment) &&
    (version === undefined || named === version)
  );
}

function newestFirst(
  one: Pick<HistoryEntry, 'at' | 'id'>,
  other: Pick<HistoryEntry, 'at' | 'id'>,
): number {
  const later = Date.parse(other.at) - Date.parse(one.at);
  if (later !== 0) return later;
  if (one.id === other.id) return 0;
  return one.id < other.id ? 1 : -1;
}
