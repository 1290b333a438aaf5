-- Accounts, payees, and what was booked. Money is in minor units of the account's currency: 1234 is 12.34 EUR; an
-- amount above zero comes into the account. Ids are given by the service: it is the only writer.
CREATE TABLE accounts (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('checking', 'savings', 'cash', 'credit', 'loan', 'investment')),
  currency VARCHAR NOT NULL DEFAULT 'EUR',
  -- A loan or a depot is net worth, not money to spend.
  on_budget BOOLEAN NOT NULL,
  -- What was booked on it, so that a list of accounts reads no transactions. caches/accounts.sql derives it.
  current_balance_minor BIGINT DEFAULT 0
);

CREATE TABLE payees (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL UNIQUE
);

-- No foreign keys: DuckDB alters no table that one refers to.
CREATE TABLE transactions (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  booked_on DATE NOT NULL,
  amount_minor BIGINT NOT NULL,
  payee_id BIGINT,
  memo VARCHAR
);

-- The pages of an account: its transactions, newest first.
CREATE INDEX transactions_by_account ON transactions (account_id, booked_on);
