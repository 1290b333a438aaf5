import fc from 'fast-check';
import { arbitraryBook } from './arbitrary-book';
import type { Book } from './book';
import { expectedBudget } from './expected-budget';
import { TestLedger } from './test-ledger';
import { writeBook } from './write-book';

const seed = 20261122;
const numRuns = 50;

jest.setTimeout(120_000);

describe('the cache rebuilds', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await TestLedger.open();
  });
  afterAll(() => ledger.close());

  const caches = async () => ({
    balances: await ledger.rows(
      'SELECT id, current_balance_minor FROM accounts ORDER BY id',
    ),
    states: await ledger.rows(
      'FROM budget_category_monthly_state ORDER BY month, category_id',
    ),
    readyToAssign: await ledger.rows('FROM ready_to_assign ORDER BY month'),
  });

  describe('when a book was written over another', () => {
    it('give what the rules give month after month, and the same again', () =>
      fc.assert(
        fc.asyncProperty(arbitraryBook, async book => {
          await writeBook(ledger, book);
          await ledger.rebuildCaches();
          const first = await caches();
          expect(first).toEqual({
            balances: book.accounts.map(({ id }) => ({
              id,
              current_balance_minor: balanceOf(book, id),
            })),
            ...expectedBudget(book),
          });

          await ledger.rebuildCaches();
          expect(await caches()).toEqual(first);
        }),
        { seed, numRuns },
      ));
  });

  describe('when nothing was written yet', () => {
    it('leave the caches empty', async () => {
      const empty = await TestLedger.open();
      await empty.rebuildCaches();
      expect(await empty.rows('FROM budget_category_monthly_state')).toEqual(
        [],
      );
      expect(await empty.rows('FROM ready_to_assign')).toEqual([]);
      empty.close();
    });
  });
});

function balanceOf(book: Book, accountId: number): number {
  return book.transactions
    .filter(one => one.accountId === accountId)
    .reduce((sum, one) => sum + one.amountMinor, 0);
}
