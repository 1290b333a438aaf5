import { seedSql } from './arbitrary-operation';
import { TestLedger } from './test-ledger';

jest.setTimeout(60_000);

/** A ledger in which everything that can be wrong is there, and right. */
const healthy = `
  ${seedSql}
  INSERT INTO budget_groups VALUES (1, 'Inflow', 1), (2, 'Card payments', 2);
  INSERT INTO payees VALUES (1, 'Rewe');
  INSERT INTO transactions (id, account_id, booked_on, amount_minor, payee_id, transfer_id, status) VALUES
    (1, 1, '2024-01-03', -500, 1, NULL, 'reconciled'), (2, 1, '2024-01-04', -70, NULL, 1, 'cleared'),
    (3, 2, '2024-01-04', 70, NULL, 1, 'uncleared'), (4, 1, '2024-02-03', 900, NULL, NULL, 'reconciled');
  INSERT INTO transaction_splits VALUES (1, 1, 2, -200, NULL), (1, 2, 3, -300, NULL);
  INSERT INTO budget_allocations VALUES ('2024-01-01', 2, 500);
  INSERT INTO tags VALUES (1, 'holiday');
  INSERT INTO transaction_tags VALUES (1, 1);
  INSERT INTO reconciliations VALUES (1, 1, '2024-01-31', -500), (2, 1, '2024-02-29', 400);
  UPDATE transactions SET reconciliation_id = 1 WHERE id = 1;
  UPDATE transactions SET reconciliation_id = 2 WHERE id = 4;`;

const problems: [problem: string, sql: string, subjects: string[]][] = [
  [
    'transfer does not sum to nothing over two accounts',
    'UPDATE transactions SET amount_minor = 71 WHERE id = 3',
    ['1'],
  ],
  [
    'transfer does not sum to nothing over two accounts',
    'DELETE FROM transactions WHERE id = 3',
    ['1'],
  ],
  [
    'transfer does not sum to nothing over two accounts',
    'UPDATE transactions SET account_id = 1 WHERE id = 3',
    ['1'],
  ],
  [
    'splits do not sum to the transaction',
    'UPDATE transaction_splits SET amount_minor = -301 WHERE position = 2',
    ['1'],
  ],
  [
    'transaction of no account',
    'UPDATE transactions SET account_id = 99 WHERE id = 2',
    ['2'],
  ],
  [
    'transaction with an unknown payee',
    'UPDATE transactions SET payee_id = 99 WHERE id = 2',
    ['2'],
  ],
  [
    'transaction with an unknown reconciliation',
    'UPDATE transactions SET reconciliation_id = 99 WHERE id = 2',
    ['2'],
  ],
  [
    'transaction with an unknown status',
    "UPDATE transactions SET status = 'done' WHERE id = 2",
    ['2'],
  ],
  [
    'split of no transaction',
    'INSERT INTO transaction_splits VALUES (99, 1, 2, 0, NULL)',
    ['99'],
  ],
  [
    'split with an unknown category',
    'UPDATE transaction_splits SET category_id = 99 WHERE position = 2',
    ['1'],
  ],
  [
    'category of no group',
    "INSERT INTO budget_categories VALUES (99, 99, 'Lost', 'spending', NULL)",
    ['99'],
  ],
  [
    'category that pays no card',
    "INSERT INTO budget_categories VALUES (99, 1, 'Giro', 'card_payment', 1)",
    ['99'],
  ],
  [
    'credit card without a category to pay it',
    'DELETE FROM budget_categories WHERE id = 12',
    ['4'],
  ],
  [
    'budgeted for an unknown category, or for ready to assign',
    "INSERT INTO budget_allocations VALUES ('2024-02-01', 1, 5)",
    ['1'],
  ],
  [
    'tag of no transaction',
    'INSERT INTO transaction_tags VALUES (99, 1)',
    ['99'],
  ],
  ['unknown tag', 'INSERT INTO transaction_tags VALUES (2, 99)', ['99']],
  [
    'import into no account',
    "INSERT INTO imports VALUES (99, 99, 'lost.csv', '2024-01-31')",
    ['99'],
  ],
  [
    'row of no import',
    "INSERT INTO import_rows VALUES (99, 1, '2024-01-31', 1, 'Rewe', NULL)",
    ['99'],
  ],
  [
    'reconciliation differs from its statement',
    'UPDATE transactions SET amount_minor = 901 WHERE id = 4',
    ['2'],
  ],
  [
    'currencies of the accounts on budget differ',
    "UPDATE accounts SET currency = 'CHF' WHERE id = 2",
    ['CHF, EUR'],
  ],
];

describe('ledger_problems', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await TestLedger.open();
  });
  beforeEach(async () => {
    await ledger.empty();
    await ledger.run(healthy);
  });
  afterAll(() => ledger.close());

  it('has no rows where everything is right', async () => {
    expect(await ledger.rows('FROM ledger_problems')).toEqual([]);
  });

  it('has no rows where what may be missing is missing', async () => {
    await ledger.empty();
    await ledger.run(`
      INSERT INTO accounts (id, name, kind, on_budget) VALUES (1, 'Giro', 'checking', true);
      INSERT INTO budget_groups VALUES (1, 'Inflow', 1);
      INSERT INTO budget_categories VALUES (1, 1, 'Ready to assign', 'ready_to_assign', NULL);
      INSERT INTO transactions (id, account_id, booked_on, amount_minor) VALUES (1, 1, '2024-01-03', -500);`);
    expect(await ledger.rows('FROM ledger_problems')).toEqual([]);
  });

  it.each(problems)('tells: %s (%s)', async (problem, sql, subjects) => {
    await ledger.run(sql);
    expect(await ledger.rows('FROM ledger_problems')).toEqual(
      subjects.map(subject => ({ problem, subject })),
    );
  });

  it('knows every problem by a test', async () => {
    const [{ text }] = await ledger.rows(
      "SELECT sql AS text FROM duckdb_views() WHERE view_name = 'ledger_problems'",
    );
    const branches = String(text).split('UNION ALL').length;
    expect(new Set(problems.map(([problem]) => problem)).size).toBe(branches);
  });
});
