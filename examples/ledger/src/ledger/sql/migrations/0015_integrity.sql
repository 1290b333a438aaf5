-- What must never be in a ledger, in one view: it has no rows. The tables have no foreign keys (README.md says why).
-- dojo:assert SELECT problem, subject FROM ledger_problems
CREATE VIEW ledger_problems AS
SELECT 'transfer does not sum to nothing over two accounts' AS problem, id::VARCHAR AS subject FROM unbalanced_transfers
UNION ALL
SELECT 'splits do not sum to the transaction', transactions.id::VARCHAR
FROM transactions
JOIN transaction_splits AS splits ON splits.transaction_id = transactions.id
GROUP BY transactions.id, transactions.amount_minor
HAVING sum(splits.amount_minor) <> transactions.amount_minor
UNION ALL
SELECT 'transaction of no account', id::VARCHAR
FROM transactions
WHERE account_id NOT IN (SELECT id FROM accounts)
UNION ALL
SELECT 'transaction with an unknown payee', id::VARCHAR
FROM transactions
WHERE payee_id IS NOT NULL AND payee_id NOT IN (SELECT id FROM payees)
UNION ALL
SELECT 'transaction with an unknown reconciliation', id::VARCHAR
FROM transactions
WHERE reconciliation_id IS NOT NULL AND reconciliation_id NOT IN (SELECT id FROM reconciliations)
UNION ALL
SELECT 'transaction with an unknown status', id::VARCHAR
FROM transactions
WHERE status NOT IN ('uncleared', 'cleared', 'reconciled')
UNION ALL
SELECT 'split of no transaction', transaction_id::VARCHAR
FROM transaction_splits
WHERE transaction_id NOT IN (SELECT id FROM transactions)
UNION ALL
SELECT 'split with an unknown category', transaction_id::VARCHAR
FROM transaction_splits
WHERE category_id NOT IN (SELECT id FROM budget_categories)
UNION ALL
SELECT 'category of no group', id::VARCHAR
FROM budget_categories
WHERE group_id NOT IN (SELECT id FROM budget_groups)
UNION ALL
SELECT 'category that pays no card', id::VARCHAR
FROM budget_categories
WHERE account_id IS NOT NULL AND account_id NOT IN (SELECT id FROM accounts WHERE kind = 'credit')
UNION ALL
SELECT 'credit card without a category to pay it', id::VARCHAR
FROM accounts
WHERE kind = 'credit' AND on_budget AND id NOT IN (SELECT account_id FROM budget_cards)
UNION ALL
SELECT 'budgeted for an unknown category, or for ready to assign', category_id::VARCHAR
FROM budget_allocations
WHERE category_id NOT IN (SELECT id FROM budget_categories WHERE kind <> 'ready_to_assign')
UNION ALL
SELECT 'tag of no transaction', transaction_id::VARCHAR
FROM transaction_tags
WHERE transaction_id NOT IN (SELECT id FROM transactions)
UNION ALL
SELECT 'unknown tag', tag_id::VARCHAR
FROM transaction_tags
WHERE tag_id NOT IN (SELECT id FROM tags)
UNION ALL
SELECT 'import into no account', id::VARCHAR
FROM imports
WHERE account_id NOT IN (SELECT id FROM accounts)
UNION ALL
SELECT 'row of no import', import_id::VARCHAR
FROM import_rows
WHERE import_id NOT IN (SELECT id FROM imports)
UNION ALL
SELECT 'reconciliation differs from its statement', reconciliation_id::VARCHAR
FROM reconciliation_differences
WHERE difference_minor <> 0
UNION ALL
SELECT 'currencies of the accounts on budget differ', string_agg(DISTINCT currency, ', ' ORDER BY currency)
FROM accounts
WHERE on_budget
HAVING count(DISTINCT currency) > 1;
