import fc from 'fast-check';
import { arbitraryBook } from './arbitrary-book';
import { toDate } from './book';
import type { Book } from './book';
import { TestLedger } from './test-ledger';
import { writeBook } from './write-book';

const seed = 20261122;
const numRuns = 30;

jest.setTimeout(120_000);

/** What is owned and owed at the end of a month. */
function worthAt(book: Book, month: number) {
  const owed = new Set(
    book.accounts
      .filter(one => one.kind === 'credit' || one.kind === 'loan')
      .map(one => one.id),
  );
  let assets = 0;
  let liabilities = 0;
  for (const one of book.transactions.filter(each => each.month <= month)) {
    if (owed.has(one.accountId)) liabilities += one.amountMinor;
    else assets += one.amountMinor;
  }
  return {
    month: toDate(month),
    currency: 'EUR',
    assets_minor: assets,
    liabilities_minor: liabilities,
    net_worth_minor: assets + liabilities,
  };
}

describe('the views', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await TestLedger.open();
  });
  afterAll(() => ledger.close());

  const holds = (property: (book: Book) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(arbitraryBook, async book => {
        await writeBook(ledger, book);
        await property(book);
      }),
      { seed, numRuns },
    );

  describe('net_worth', () => {
    it('has every month from the first booking to the last, of all accounts', () =>
      holds(async book => {
        const booked = book.transactions.map(one => one.month);
        const first = Math.min(...booked);
        const months = booked.length ? Math.max(...booked) - first + 1 : 0;
        expect(await ledger.rows('FROM net_worth ORDER BY month')).toEqual(
          Array.from({ length: months }, (_, index) =>
            worthAt(book, first + index),
          ),
        );
      }));
  });

  describe('transfers', () => {
    it('tells from where to where, and has none that is unbalanced', () =>
      holds(async book => {
        const sides = book.transactions.filter(one => one.transferId);
        const expected = sides
          .filter(one => one.amountMinor > 0)
          .map(to => ({
            id: to.transferId,
            from_account_id: sides.find(
              one => one.transferId === to.transferId && one.amountMinor < 0,
            )?.accountId,
            to_account_id: to.accountId,
            amount_minor: to.amountMinor,
          }))
          .sort((a, b) => Number(a.id) - Number(b.id));
        expect(
          await ledger.rows(
            'SELECT id, from_account_id, to_account_id, amount_minor FROM transfers WHERE amount_minor > 0 ORDER BY id',
          ),
        ).toEqual(expected);
        expect(await ledger.rows('FROM unbalanced_transfers')).toEqual([]);
      }));
  });
});
