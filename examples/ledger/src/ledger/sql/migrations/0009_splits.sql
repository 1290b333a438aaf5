-- A transaction may pay for several things: its categories move to lines of their own.
-- dojo:assert SELECT id FROM transactions JOIN transaction_splits ON transaction_id = id GROUP BY id, transactions.amount_minor HAVING sum(transaction_splits.amount_minor) <> transactions.amount_minor
CREATE TABLE transaction_splits (
  transaction_id BIGINT NOT NULL,
  position INTEGER NOT NULL,
  category_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  memo VARCHAR,
  PRIMARY KEY (transaction_id, position)
);

INSERT INTO transaction_splits (transaction_id, position, category_id, amount_minor)
SELECT id, 1, category_id, amount_minor
FROM transactions
WHERE category_id IS NOT NULL;

DROP INDEX transactions_by_account;
ALTER TABLE transactions DROP COLUMN category_id;
CREATE INDEX transactions_by_account ON transactions (account_id, booked_on);
CREATE INDEX transaction_splits_by_category ON transaction_splits (category_id);
