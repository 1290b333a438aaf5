import fc from 'fast-check';
import { toDate } from './book';

/** Something that a user of the ledger does: one or more statements on a ledger that was empty before `seedSql`. */
export interface Operation {
  readonly name: string;
  readonly sql: string;
}

/** Accounts 1 to 6: two of cash, two cards, a loan and a depot; categories 2 to 5 to spend on, 11 and 12 pay the cards. */
export const seedSql = `
  INSERT INTO accounts (id, name, kind, on_budget) VALUES
    (1, 'Giro', 'checking', true), (2, 'Wallet', 'cash', true), (3, 'Visa', 'credit', true),
    (4, 'Amex', 'credit', true), (5, 'House', 'loan', false), (6, 'Depot', 'investment', false);
  INSERT INTO budget_categories VALUES (1, 1, 'Ready to assign', 'ready_to_assign', NULL),
    (2, 1, 'Rent', 'spending', NULL), (3, 1, 'Food', 'spending', NULL), (4, 1, 'Fun', 'spending', NULL),
    (5, 1, 'Holiday', 'spending', NULL), (11, 2, 'Visa', 'card_payment', 3), (12, 2, 'Amex', 'card_payment', 4);`;

const account = fc.integer({ min: 1, max: 6 });
const category = fc.constantFrom(1, 2, 3, 4, 5, 11, 12);
const date = fc
  .tuple(fc.nat(5), fc.integer({ min: 1, max: 28 }))
  .map(([month, day]) => toDate(month, day));
const amount = fc.integer({ min: -50_000, max: 50_000 });
/** Which of the rows that are there, counted around. */
const nth = fc.nat(1000);

const nextId = '(SELECT coalesce(max(id), 0) + 1 FROM transactions)';
const lastId = '(SELECT max(id) FROM transactions)';
/** The id of a transaction that is there; NULL where none is. */
const chosen = (index: number) =>
  `(SELECT id FROM transactions ORDER BY id LIMIT 1 OFFSET (SELECT ${index} % greatest(count(*), 1) FROM transactions))`;
const operation =
  (name: string) =>
  (sql: string): Operation => ({ name, sql });

const book = fc.record({ account, date, amount, category }).map(one =>
  operation('book')(
    `INSERT INTO transactions (id, account_id, booked_on, amount_minor)
       VALUES (${nextId}, ${one.account}, '${one.date}', ${one.amount});
     INSERT INTO transaction_splits VALUES (${lastId}, 1, ${one.category}, ${one.amount}, NULL);`,
  ),
);
const bookOpen = fc.record({ account, date, amount }).map(one =>
  operation('book without a category')(
    `INSERT INTO transactions (id, account_id, booked_on, amount_minor)
       VALUES (${nextId}, ${one.account}, '${one.date}', ${one.amount});`,
  ),
);
const transfer = fc
  .record({ from: account, to: account, date, amount })
  .filter(one => one.from !== one.to)
  .map(one =>
    operation('transfer')(
      [
        [one.from, -one.amount],
        [one.to, one.amount],
      ]
        .map(
          ([to, moved], side) =>
            `INSERT INTO transactions (id, account_id, booked_on, amount_minor, transfer_id)
               SELECT coalesce(max(id), 0) + 1, ${to}, '${one.date}', ${moved},
                 coalesce(max(transfer_id), 0) + ${
                   1 - side
                 } FROM transactions;`,
        )
        .join('\n'),
    ),
  );
const remove = nth.map(index =>
  operation('remove')(
    // Both sides of a transfer, or one transaction; what belongs to it first.
    `CREATE OR REPLACE TEMP TABLE gone AS SELECT other.id FROM transactions AS other
       JOIN transactions AS one ON one.id = other.id OR one.transfer_id = other.transfer_id
       WHERE one.id = ${chosen(index)};
     DELETE FROM transaction_splits WHERE transaction_id IN (FROM gone);
     DELETE FROM transactions WHERE id IN (FROM gone);`,
  ),
);
const move = fc
  .record({ nth, date })
  .map(one =>
    operation('move to another day')(
      `UPDATE transactions SET booked_on = '${one.date}' WHERE id = ${chosen(
        one.nth,
      )};`,
    ),
  );
const split = fc.record({ nth, category, amount }).map(one =>
  operation('split')(
    `INSERT INTO transaction_splits
       SELECT id, (SELECT coalesce(max(position), 0) + 1 FROM transaction_splits WHERE transaction_id = id),
         ${one.category}, ${one.amount}, NULL
       FROM transactions WHERE id = ${chosen(one.nth)};`,
  ),
);
const recategorise = fc
  .record({ from: category, to: category })
  .map(one =>
    operation('recategorise')(
      `UPDATE transaction_splits SET category_id = ${one.to} WHERE category_id = ${one.from};`,
    ),
  );
const budget = fc.record({ month: fc.nat(5), category, amount }).map(one =>
  operation('budget')(
    `INSERT INTO budget_allocations VALUES ('${toDate(one.month)}', ${
      one.category
    }, ${one.amount})
       ON CONFLICT DO UPDATE SET budgeted_minor = excluded.budgeted_minor;`,
  ),
);
const moveAccount = account.map(id =>
  operation('take an account on or off budget')(
    `UPDATE accounts SET on_budget = NOT on_budget WHERE id = ${id};`,
  ),
);

export const arbitraryOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: book },
  { weight: 4, arbitrary: budget },
  { weight: 2, arbitrary: bookOpen },
  { weight: 3, arbitrary: transfer },
  { weight: 1, arbitrary: remove },
  { weight: 1, arbitrary: move },
  { weight: 1, arbitrary: split },
  { weight: 1, arbitrary: recategorise },
  { weight: 1, arbitrary: moveAccount },
);
