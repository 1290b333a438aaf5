-- What the bank has confirmed: uncleared, cleared (on a statement), reconciled (on a statement that was agreed).
ALTER TABLE transactions ADD COLUMN status VARCHAR DEFAULT 'uncleared';
ALTER TABLE transactions ALTER COLUMN status SET NOT NULL;
