import { READY_TO_ASSIGN, toDate } from './book';
import type { Book } from './book';
import type { Cell, TestLedger } from './test-ledger';

/** No sum of the amounts that the tests draw. */
const WRONG = 2 ** 50 + 1;

/** Makes `book` all that the ledger's base tables hold; the caches say something that is wrong in any book. */
export async function writeBook(ledger: TestLedger, book: Book): Promise<void> {
  await ledger.empty();
  await insert(
    ledger,
    'accounts (id, name, kind, on_budget, current_balance_minor)',
    book.accounts.map(one => [
      one.id,
      `account ${one.id}`,
      one.kind,
      one.onBudget,
      WRONG,
    ]),
  );
  await insert(ledger, 'budget_category_monthly_state', [
    [toDate(1), 2, WRONG, 0, 0, 0, 0, 0],
  ]);
  await insert(
    ledger,
    'budget_categories (id, group_id, name, kind, account_id)',
    book.categories.map(one => [
      one.id,
      1,
      `category ${one.id}`,
      kindOf(one),
      one.cardId ?? null,
    ]),
  );
  await insert(
    ledger,
    'transactions (id, account_id, booked_on, amount_minor, transfer_id)',
    book.transactions.map(one => [
      one.id,
      one.accountId,
      toDate(one.month, one.day),
      one.amountMinor,
      one.transferId ?? null,
    ]),
  );
  await insert(
    ledger,
    'transaction_splits (transaction_id, position, category_id, amount_minor)',
    book.transactions.flatMap(({ id, splits }) =>
      splits.map((one, index) => [
        id,
        index + 1,
        one.categoryId,
        one.amountMinor,
      ]),
    ),
  );
  await insert(
    ledger,
    'budget_allocations (month, category_id, budgeted_minor)',
    book.allocations.map(one => [
      toDate(one.month),
      one.categoryId,
      one.budgetedMinor,
    ]),
  );
}

/** Inserts rows of plain values; none is fine. */
export async function insert(
  ledger: TestLedger,
  target: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(row => `(${row.map(toLiteral).join(', ')})`);
  await ledger.run(`INSERT INTO ${target} VALUES ${values.join(', ')}`);
}

function toLiteral(value: Cell): string {
  return typeof value === 'string'
    ? `'${value.replaceAll("'", "''")}'`
    : String(value);
}

function kindOf(category: { id: number; cardId?: number }): string {
  if (category.id === READY_TO_ASSIGN) return 'ready_to_assign';
  return category.cardId === undefined ? 'spending' : 'card_payment';
}
