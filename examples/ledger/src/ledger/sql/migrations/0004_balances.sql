-- The balance of each account, kept so that a list of accounts reads no transactions. caches/accounts.sql derives it.
-- dojo:assert SELECT coalesce(sum(current_balance_minor), 0) = (SELECT coalesce(sum(amount_minor), 0) FROM transactions) FROM accounts
ALTER TABLE accounts ADD COLUMN current_balance_minor BIGINT DEFAULT 0;
UPDATE accounts SET current_balance_minor = balance.amount_minor
FROM (SELECT account_id, sum(amount_minor) AS amount_minor FROM transactions GROUP BY account_id) AS balance
WHERE balance.account_id = accounts.id;
