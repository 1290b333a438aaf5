-- Payees as rows of their own. Spellings that differ in case and outer blanks only become one payee, which keeps the
-- spelling of the oldest transaction: the others are gone, and who reads transactions.payee cannot run on this.
-- dojo:split
-- dojo:breaking
-- dojo:irreversible
-- dojo:assert SELECT lower(name) FROM payees GROUP BY lower(name) HAVING count(*) > 1
CREATE TABLE payees (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL UNIQUE
);

INSERT INTO payees
SELECT row_number() OVER (ORDER BY min(id)), arg_min(trim(payee), id)
FROM transactions
WHERE trim(payee) <> ''
GROUP BY lower(trim(payee));

ALTER TABLE transactions ADD COLUMN payee_id BIGINT;

UPDATE transactions SET payee_id = payees.id
FROM payees
WHERE lower(payees.name) = lower(trim(transactions.payee));

-- DuckDB drops no column of a table that has an index.
DROP INDEX transactions_by_account;
ALTER TABLE transactions DROP COLUMN payee;
CREATE INDEX transactions_by_account ON transactions (account_id, booked_on);
