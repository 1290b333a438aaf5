-- A transfer is two transactions on two accounts that share a transfer_id and sum to nothing.
ALTER TABLE transactions ADD COLUMN transfer_id BIGINT;

CREATE VIEW transfers AS
SELECT
  transfer_id AS id,
  min(booked_on) AS booked_on,
  arg_min(account_id, amount_minor) AS from_account_id,
  arg_max(account_id, amount_minor) AS to_account_id,
  max(amount_minor) AS amount_minor
FROM transactions
WHERE transfer_id IS NOT NULL
GROUP BY transfer_id;

CREATE VIEW unbalanced_transfers AS
SELECT transfer_id AS id, count(*) AS legs, sum(amount_minor)::BIGINT AS difference_minor
FROM transactions
WHERE transfer_id IS NOT NULL
GROUP BY transfer_id
HAVING count(*) <> 2 OR count(DISTINCT account_id) <> 2 OR sum(amount_minor) <> 0;
