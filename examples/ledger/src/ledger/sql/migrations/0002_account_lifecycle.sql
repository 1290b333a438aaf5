-- Which accounts the budget counts, and from when to when an account is used.
-- dojo:split
ALTER TABLE accounts ADD COLUMN on_budget BOOLEAN;
ALTER TABLE accounts ADD COLUMN opened_on DATE;
ALTER TABLE accounts ADD COLUMN closed_on DATE;

-- A loan or a depot is net worth, not money to spend.
UPDATE accounts SET
  on_budget = kind NOT IN ('loan', 'investment'),
  opened_on = (SELECT min(booked_on) FROM transactions WHERE account_id = accounts.id);

-- DuckDB refuses this in the transaction of the UPDATE.
ALTER TABLE accounts ALTER COLUMN on_budget SET NOT NULL;
