import fc from 'fast-check';
import { READY_TO_ASSIGN } from './book';
import type { Book, BookSplit, BookTransaction } from './book';

const KINDS = ['checking', 'savings', 'cash', 'credit', 'loan', 'investment'];
const MONTHS = 5;
const month = fc.nat(MONTHS - 1);
const day = fc.integer({ min: 1, max: 28 });
/** Few values, so that sums meet nothing exactly; and some that no 32 bits hold. */
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -20, max: 20 }).map(n => n * 100) },
  { weight: 4, arbitrary: fc.integer({ min: -99_999, max: 99_999 }) },
  { weight: 1, arbitrary: fc.constantFrom(-(2 ** 40), 2 ** 40) },
);
/** As often many as few: several cards in one category and month are rare in small books. */
const many = <T>(one: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(one, { minLength, maxLength, size: 'max' });
const oneOf = fc.nat();
const pick = <T>(list: readonly T[], index: number): T =>
  list[index % list.length];

const account = fc.record({
  kind: fc.oneof(
    fc.constantFrom('checking', 'credit', 'credit'),
    fc.constantFrom(...KINDS),
  ),
  onBudget: fc.integer({ min: 0, max: 4 }).map(n => n > 0),
  isPaid: fc.integer({ min: 0, max: 9 }).map(n => n > 0),
});

const splits = fc.record({
  lines: fc.array(fc.record({ category: oneOf, amountMinor: amount }), {
    maxLength: 3,
  }),
  /** Whether the last line takes what the others leave. */
  whole: fc.boolean(),
});

const entry = fc.record({ account: oneOf, month, day, amount, splits });

const transfer = fc.record({
  from: oneOf,
  to: oneOf,
  month,
  day,
  /** Banks may book the two sides in different months. */
  later: fc.constantFrom(0, 0, 0, 1),
  amount,
  splits,
});

const allocation = fc.record({ month, category: oneOf, budgetedMinor: amount });

/**
 * Books in which anything that the tables accept may happen: accounts on and off budget, cards with and without a
 * category to pay them, refunds, splits that leave something open, transfers over the end of a month, negative budgets,
 * something budgeted for ready to assign.
 */
export const arbitraryBook: fc.Arbitrary<Book> = fc
  .record({
    accounts: many(account, 1, 5),
    spending: fc.integer({ min: 1, max: 3 }),
    entries: many(entry, 0, 40),
    transfers: many(transfer, 0, 6),
    allocations: many(allocation, 0, 16),
  })
  .map(drawn => {
    const accounts = drawn.accounts.map((one, index) => ({
      id: index + 1,
      kind: one.kind,
      onBudget: one.onBudget,
    }));
    const categories = [
      { id: READY_TO_ASSIGN },
      ...Array.from({ length: drawn.spending }, (_, index) => ({
        id: index + 2,
      })),
      ...accounts
        .filter(
          (one, index) => one.kind === 'credit' && drawn.accounts[index].isPaid,
        )
        // The order of the categories is not that of the cards.
        .map(one => ({ id: 100 - one.id, cardId: one.id })),
    ];
    const toSplits = (
      {
        lines,
        whole,
      }: { lines: { category: number; amountMinor: number }[]; whole: boolean },
      total: number,
    ): BookSplit[] => {
      let open = total;
      return lines.map((line, index) => {
        const isLast = whole && index === lines.length - 1;
        const amountMinor = isLast ? open : line.amountMinor;
        open -= amountMinor;
        return { categoryId: pick(categories, line.category).id, amountMinor };
      });
    };
    const transactions: BookTransaction[] = drawn.entries.map((one, index) => ({
      id: index + 1,
      accountId: pick(accounts, one.account).id,
      month: one.month,
      day: one.day,
      amountMinor: one.amount,
      splits: toSplits(one.splits, one.amount),
    }));
    for (const [index, one] of drawn.transfers.entries()) {
      const from = pick(accounts, one.from);
      const to = pick(accounts, one.to);
      if (from === to) continue;
      const transferId = index + 1;
      const id = 1000 + 2 * index;
      transactions.push(
        {
          id,
          accountId: from.id,
          month: one.month,
          day: one.day,
          amountMinor: -one.amount,
          transferId,
          splits: to.onBudget ? [] : toSplits(one.splits, -one.amount),
        },
        {
          id: id + 1,
          accountId: to.id,
          month: one.month + one.later,
          day: one.day,
          amountMinor: one.amount,
          transferId,
          splits: [],
        },
      );
    }
    const allocations = new Map(
      drawn.allocations.map(one => {
        const categoryId = pick(categories, one.category).id;
        return [`${one.month} ${categoryId}`, { ...one, categoryId }];
      }),
    );
    return {
      accounts,
      categories,
      transactions,
      allocations: [...allocations.values()].map(
        ({ month: budgeted, categoryId, budgetedMinor }) => ({
          month: budgeted,
          categoryId,
          budgetedMinor,
        }),
      ),
    };
  });
