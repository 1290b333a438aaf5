-- accounts.current_balance_minor: what was booked on the account, whatever its status.
UPDATE accounts SET current_balance_minor = balances.amount_minor
FROM (
  SELECT accounts.id, coalesce(sum(transactions.amount_minor), 0)::BIGINT AS amount_minor
  FROM accounts
  LEFT JOIN transactions ON transactions.account_id = accounts.id
  GROUP BY accounts.id
) AS balances
WHERE balances.id = accounts.id AND accounts.current_balance_minor IS DISTINCT FROM balances.amount_minor;
