-- Accounts, and what was booked on them. Money is in minor units of the account's currency: 1234 is 12.34 EUR;
-- an amount above zero comes into the account.
CREATE TABLE accounts (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('checking', 'savings', 'cash', 'credit', 'loan', 'investment')),
  currency VARCHAR NOT NULL DEFAULT 'EUR'
);

CREATE TABLE transactions (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL,
  booked_on DATE NOT NULL,
  amount_minor BIGINT NOT NULL,
  payee VARCHAR,
  memo VARCHAR
);
