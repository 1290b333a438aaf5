import {
  Deliveries,
  deliveriesQuerySchema,
  DeliveryFlag,
  deliveryFlagSchema,
  DeliveryRow,
} from 'backstage-plugin-dojo-common';
import type { z } from 'zod/v3';
import { indexErrors } from '../indexErrors';
import type { ListedComponent } from '../store/IndexedComponent';
import { fromCursor, toCursor } from './listCursor';

type Query = z.output<typeof deliveriesQuerySchema>;
type Page = Pick<Deliveries, 'rows' | 'next' | 'total' | 'counts'>;

/** Flags that are about one environment, and how its cell shows them. */
const cellFlags = {
  drifted: 'drift',
  pending: 'pending',
  waiting: 'waiting',
} as const;

const defaultOrder = {
  attention: 'asc',
  name: 'asc',
  released: 'desc',
  deployed: 'desc',
} as const;

/**
 * The page of the list that a query asks for. Pure, of linear cost but for the sorting.
 *
 * @param listed - what the caller may read, and nothing else: counts are of them
 * @param owners - refs that the caller owns by, in lower case
 * @throws DojoError `DELIVERY_CURSOR_INVALID`
 */
export function pageOf(
  listed: readonly ListedComponent[],
  query: Query,
  owners: readonly string[],
): Page {
  const order = query.order ?? defaultOrder[query.sort];
  const scoped = listed.filter(each => isInScope(each, query, owners));
  const matching = scoped.filter(each => isOfState(each, query));
  const compare = comparison(order);
  const entries = matching
    .map(each => ({ each, place: placeOf(each, query.sort) }))
    .sort((one, other) => compare(one.place, other.place));
  const after = query.cursor && placeAfter(query.cursor, query.sort, order);
  const rest = after
    ? entries.filter(({ place }) => compare(place, after) > 0)
    : entries;
  const page = rest.slice(0, query.limit);
  const last = page[page.length - 1];
  return {
    rows: page.map(({ each }) => each.listing.row),
    ...(last &&
      rest.length > page.length && {
        next: toCursor([query.sort, order, last.place.value, last.place.ref]),
      }),
    total: matching.length,
    counts: countsOf(scoped),
  };
}

interface Place {
  /** Null stands last, whatever the order. */
  readonly value: string | null;
  readonly ref: string;
}

function placeOf({ ref, listing }: ListedComponent, by: Query['sort']): Place {
  return { value: listing.sort[by] ?? null, ref };
}

function placeAfter(cursor: string, sort: string, order: string): Place {
  const [by, ordered, value = null, ref] = fromCursor(cursor);
  if (by !== sort || ordered !== order || typeof ref !== 'string') {
    throw indexErrors.cursorInvalid();
  }
  return { value, ref };
}

function comparison(order: 'asc' | 'desc') {
  const sign = order === 'asc' ? 1 : -1;
  return (one: Place, other: Place): number => {
    if (one.value === null || other.value === null) {
      if (one.value === other.value) return compareText(one.ref, other.ref);
      return one.value === null ? 1 : -1;
    }
    return (
      sign * compareText(one.value, other.value) ||
      compareText(one.ref, other.ref)
    );
  };
}

/** By code units: the same on every machine, as cursors need it. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Who, what and where; not in which state. */
function isInScope(
  { listing: { row, search }, system }: ListedComponent,
  query: Query,
  owners: readonly string[],
): boolean {
  const owner = row.owner?.toLowerCase();
  if (query.owned && !(owner !== undefined && owners.includes(owner))) {
    return false;
  }
  if (query.owner && owner !== query.owner.toLowerCase()) return false;
  if (query.system && system?.toLowerCase() !== query.system.toLowerCase()) {
    return false;
  }
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return words.every(word => search.some(text => text.includes(word)));
}

function isOfState(
  { listing: { row, flags } }: ListedComponent,
  { environment, state, flag }: Query,
): boolean {
  const cells = row.environments.filter(
    ({ name }) => environment === undefined || name === environment,
  );
  if (environment !== undefined && !cells.some(isThere)) return false;
  if (state !== undefined && !cells.some(({ health }) => health === state)) {
    return false;
  }
  if (flag === undefined) return true;
  const cell = cellFlags[flag as keyof typeof cellFlags];
  return environment !== undefined && cell
    ? cells.some(each => each[cell])
    : flags.includes(flag);
}

function isThere({
  version,
  health,
  waiting,
}: DeliveryRow['environments'][number]): boolean {
  return version !== undefined || waiting || health !== 'not-deployed';
}

function countsOf(listed: readonly ListedComponent[]): Deliveries['counts'] {
  const ofFlag = (flag: DeliveryFlag) =>
    listed.filter(({ listing }) => listing.flags.includes(flag)).length;
  return {
    attention: listed.filter(({ listing }) => listing.row.attention).length,
    ...(Object.fromEntries(
      deliveryFlagSchema.options.map(flag => [flag, ofFlag(flag)]),
    ) as Record<DeliveryFlag, number>),
  };
}
