-- What is owned and owed at the end of each month, of all accounts, currency by currency.
CREATE VIEW net_worth AS
WITH months AS (
  SELECT unnest(generate_series(first, last, INTERVAL 1 MONTH))::DATE AS month
  FROM (
    SELECT date_trunc('month', min(booked_on))::DATE AS first, date_trunc('month', max(booked_on))::DATE AS last
    FROM transactions
  )
),
changes AS (
  SELECT
    date_trunc('month', transactions.booked_on)::DATE AS month,
    accounts.currency,
    accounts.kind IN ('credit', 'loan') AS is_liability,
    transactions.amount_minor
  FROM transactions
  JOIN accounts ON accounts.id = transactions.account_id
),
sums AS (
  SELECT
    months.month,
    currencies.currency,
    coalesce(sum(changes.amount_minor) FILTER (WHERE NOT changes.is_liability), 0) AS assets_minor,
    coalesce(sum(changes.amount_minor) FILTER (WHERE changes.is_liability), 0) AS liabilities_minor
  FROM months
  CROSS JOIN (SELECT DISTINCT currency FROM changes) AS currencies
  LEFT JOIN changes ON changes.month = months.month AND changes.currency = currencies.currency
  GROUP BY months.month, currencies.currency
)
SELECT
  month,
  currency,
  (sum(assets_minor) OVER months_of_currency)::BIGINT AS assets_minor,
  (sum(liabilities_minor) OVER months_of_currency)::BIGINT AS liabilities_minor,
  (sum(assets_minor + liabilities_minor) OVER months_of_currency)::BIGINT AS net_worth_minor
FROM sums
WINDOW months_of_currency AS (PARTITION BY currency ORDER BY month);
