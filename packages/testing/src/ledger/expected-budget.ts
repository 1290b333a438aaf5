import { READY_TO_ASSIGN, toDate } from './book';
import type { Book, BookAccount, BookTransaction } from './book';

/** A row of budget_category_monthly_state. */
export interface ExpectedState {
  month: string;
  category_id: number;
  carried_over_minor: number;
  budgeted_minor: number;
  activity_minor: number;
  available_minor: number;
  settled_by_cards_minor: number;
  settled_by_cash_minor: number;
}

/** A row of ready_to_assign. */
export interface ExpectedReadyToAssign {
  month: string;
  inflow_minor: number;
  budgeted_minor: number;
  overspent_before_minor: number;
  ready_to_assign_minor: number;
}

/** What a month needs to know of the one before. */
interface Carried {
  readonly available: ReadonlyMap<number, number>;
  readonly overspent: number;
  readonly readyToAssign: number;
}

/**
 * The rules of docs/explanation/ledger.md, month after month in plain loops: on purpose nothing like the SQL, which
 * derives all months at once.
 */
export function expectedBudget(book: Book): {
  states: ExpectedState[];
  readyToAssign: ExpectedReadyToAssign[];
} {
  const states: ExpectedState[] = [];
  const readyToAssign: ExpectedReadyToAssign[] = [];
  let before: Carried = {
    available: new Map(),
    overspent: 0,
    readyToAssign: 0,
  };
  for (const month of monthsOf(book)) {
    const rows = statesOf(book, month, before.available);
    const inflow = sum(
      bookedIn(book, month).flatMap(one => [
        one.amountMinor,
        ...one.splits
          .filter(line => line.categoryId !== READY_TO_ASSIGN)
          .map(line => -line.amountMinor),
      ]),
    );
    const budgeted = sum(rows.map(row => row.budgeted_minor));
    const left = before.readyToAssign + inflow - budgeted - before.overspent;
    states.push(...rows);
    readyToAssign.push({
      month: toDate(month),
      inflow_minor: inflow,
      budgeted_minor: budgeted,
      overspent_before_minor: before.overspent,
      ready_to_assign_minor: left,
    });
    before = {
      available: new Map(
        rows.map(row => [
          row.category_id,
          row.available_minor +
            row.settled_by_cards_minor +
            row.settled_by_cash_minor,
        ]),
      ),
      overspent: sum(rows.map(row => row.settled_by_cash_minor)),
      readyToAssign: left,
    };
  }
  return { states, readyToAssign };
}

function statesOf(
  book: Book,
  month: number,
  carried: ReadonlyMap<number, number>,
): ExpectedState[] {
  const booked = bookedIn(book, month);
  const held = new Map<number, number>();
  const spentOn = (categoryId: number, transactions: BookTransaction[]) =>
    sum(
      transactions
        .flatMap(one => one.splits)
        .filter(line => line.categoryId === categoryId)
        .map(line => line.amountMinor),
    );
  const toRow = (categoryId: number, activity: number): ExpectedState => {
    const budgeted = sum(
      book.allocations
        .filter(one => one.month === month && one.categoryId === categoryId)
        .map(one => one.budgetedMinor),
    );
    const before = carried.get(categoryId) ?? 0;
    return {
      month: toDate(month),
      category_id: categoryId,
      carried_over_minor: before,
      budgeted_minor: budgeted,
      activity_minor: activity,
      available_minor: before + budgeted + activity,
      settled_by_cards_minor: 0,
      settled_by_cash_minor: 0,
    };
  };

  const spending = book.categories
    .filter(one => one.id !== READY_TO_ASSIGN && one.cardId === undefined)
    .map(({ id }) => {
      const row = toRow(id, spentOn(id, booked));
      let overspent = Math.max(0, -row.available_minor);
      for (const card of cardsOf(book)) {
        const onCard = booked.filter(one => one.accountId === card.id);
        const debt = Math.min(overspent, Math.max(0, -spentOn(id, onCard)));
        overspent -= debt;
        row.settled_by_cards_minor += debt;
        held.set(card.id, (held.get(card.id) ?? 0) - debt);
      }
      row.settled_by_cash_minor = overspent;
      return row;
    });

  const payments = book.categories
    .filter(one => one.cardId !== undefined)
    .map(({ id, cardId }) => {
      const card = cardsOf(book).find(one => one.id === cardId);
      const moved = booked.filter(one => one.accountId === card?.id);
      const row = toRow(
        id,
        spentOn(id, booked) - sum(moved.map(one => one.amountMinor)),
      );
      row.settled_by_cards_minor = held.get(cardId ?? 0) ?? 0;
      row.settled_by_cash_minor = Math.max(
        0,
        -row.available_minor - row.settled_by_cards_minor,
      );
      return row;
    });

  return [...spending, ...payments].sort(
    (a, b) => a.category_id - b.category_id,
  );
}

/** The cards in the order of their ids. */
function cardsOf(book: Book): BookAccount[] {
  return book.accounts.filter(
    one =>
      one.kind === 'credit' &&
      one.onBudget &&
      book.categories.some(category => category.cardId === one.id),
  );
}

/** The transactions of a month on accounts on budget. */
function bookedIn(book: Book, month: number): BookTransaction[] {
  const onBudget = new Set(
    book.accounts.filter(one => one.onBudget).map(one => one.id),
  );
  return book.transactions.filter(
    one => one.month === month && onBudget.has(one.accountId),
  );
}

function monthsOf(book: Book): number[] {
  const used = [
    ...book.transactions
      .filter(one => bookedIn(book, one.month).includes(one))
      .map(one => one.month),
    ...book.allocations
      .filter(one => one.categoryId !== READY_TO_ASSIGN)
      .map(one => one.month),
  ];
  if (used.length === 0) return [];
  const first = Math.min(...used);
  return Array.from(
    { length: Math.max(...used) - first + 1 },
    (_, index) => first + index,
  );
}

/** The sum; never the -0 that a negated sum of nothing would be. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, one) => total + one, 0);
}
