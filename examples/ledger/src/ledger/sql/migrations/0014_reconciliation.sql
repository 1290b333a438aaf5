-- Statements that were agreed, and the day on which each transaction was cleared. transactions.status stays for the
-- release before this one.
-- dojo:split
-- dojo:assert SELECT count(*) = 0 FROM reconciliation_differences WHERE difference_minor <> 0
CREATE TABLE reconciliations (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  statement_on DATE NOT NULL,
  statement_balance_minor BIGINT NOT NULL,
  UNIQUE (account_id, statement_on)
);

-- What is reconciled so far counts as one statement for each account.
INSERT INTO reconciliations
SELECT row_number() OVER (ORDER BY account_id), account_id, max(booked_on), sum(amount_minor)
FROM transactions
WHERE status = 'reconciled'
GROUP BY account_id;

ALTER TABLE transactions ADD COLUMN cleared_on DATE;
ALTER TABLE transactions ADD COLUMN reconciliation_id BIGINT;

UPDATE transactions SET cleared_on = booked_on WHERE status <> 'uncleared';
UPDATE transactions SET reconciliation_id = reconciliations.id
FROM reconciliations
WHERE transactions.status = 'reconciled' AND reconciliations.account_id = transactions.account_id;

CREATE INDEX transactions_by_clearing ON transactions (account_id, cleared_on);

-- A statement's balance is that of its own transactions and of the statements before it.
CREATE VIEW reconciliation_differences AS
SELECT
  statement.id AS reconciliation_id,
  statement.statement_balance_minor - coalesce(sum(transactions.amount_minor), 0)::BIGINT AS difference_minor
FROM reconciliations AS statement
LEFT JOIN reconciliations AS earlier
  ON earlier.account_id = statement.account_id AND earlier.statement_on <= statement.statement_on
LEFT JOIN transactions
  ON transactions.reconciliation_id = earlier.id AND transactions.account_id = statement.account_id
GROUP BY statement.id, statement.statement_balance_minor;
