-- The pages of an account: its transactions, newest first.
CREATE INDEX transactions_by_account ON transactions (account_id, booked_on);
