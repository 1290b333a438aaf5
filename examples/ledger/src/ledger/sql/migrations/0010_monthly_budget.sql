-- The budget of each month, and what follows from it: docs/explanation/ledger.md has the rules.
CREATE TABLE budget_allocations (
  month DATE NOT NULL CHECK (day(month) = 1),
  category_id BIGINT NOT NULL,
  budgeted_minor BIGINT NOT NULL,
  PRIMARY KEY (month, category_id)
);

-- caches/budget_category_monthly_state.sql derives it.
CREATE TABLE budget_category_monthly_state (
  month DATE NOT NULL,
  category_id BIGINT NOT NULL,
  carried_over_minor BIGINT NOT NULL,
  budgeted_minor BIGINT NOT NULL,
  activity_minor BIGINT NOT NULL,
  available_minor BIGINT NOT NULL,
  settled_by_cards_minor BIGINT NOT NULL,
  settled_by_cash_minor BIGINT NOT NULL,
  PRIMARY KEY (month, category_id)
);

-- The cards that the budget pays: an account without a category to pay it counts as cash.
CREATE VIEW budget_cards AS
SELECT accounts.id AS account_id, budget_categories.id AS category_id
FROM accounts
JOIN budget_categories ON budget_categories.account_id = accounts.id
WHERE accounts.kind = 'credit' AND accounts.on_budget;

-- Where the money of each transaction that the budget counts went; category_id is NULL where it went to ready to
-- assign: by name, or because nobody said where else.
CREATE VIEW budget_flows AS
WITH booked AS (
  SELECT
    transactions.id,
    date_trunc('month', transactions.booked_on)::DATE AS month,
    transactions.account_id,
    transactions.amount_minor
  FROM transactions
  JOIN accounts ON accounts.id = transactions.account_id
  WHERE accounts.on_budget
)
SELECT booked.month, booked.account_id, categories.id AS category_id, splits.amount_minor
FROM booked
JOIN transaction_splits AS splits ON splits.transaction_id = booked.id
LEFT JOIN budget_categories AS categories
  ON categories.id = splits.category_id AND categories.kind <> 'ready_to_assign'
UNION ALL
SELECT booked.month, booked.account_id, NULL, booked.amount_minor - coalesce(named.amount_minor, 0)
FROM booked
LEFT JOIN (
  SELECT transaction_id, sum(amount_minor)::BIGINT AS amount_minor FROM transaction_splits GROUP BY transaction_id
) AS named ON named.transaction_id = booked.id;

-- What was budgeted, without what cannot be: ready to assign is where budgeted money comes from.
CREATE VIEW budget_plan AS
SELECT budget_allocations.month, budget_allocations.category_id, budget_allocations.budgeted_minor
FROM budget_allocations
JOIN budget_categories ON budget_categories.id = budget_allocations.category_id
WHERE budget_categories.kind <> 'ready_to_assign';

-- Every month from the first to the last in which something was booked or budgeted.
CREATE VIEW budget_months AS
SELECT unnest(generate_series(first, last, INTERVAL 1 MONTH))::DATE AS month
FROM (
  SELECT min(month) AS first, max(month) AS last
  FROM (SELECT month FROM budget_flows UNION ALL SELECT month FROM budget_plan)
);

-- What is left to give to a category, at the end of each month.
CREATE VIEW ready_to_assign AS
WITH changes AS (
  SELECT month, amount_minor AS inflow_minor, 0 AS budgeted_minor, 0 AS overspent_minor
  FROM budget_flows
  WHERE category_id IS NULL
  UNION ALL
  SELECT month, 0, budgeted_minor, 0 FROM budget_plan
  UNION ALL
  SELECT month, 0, 0, settled_by_cash_minor FROM budget_category_monthly_state
  UNION ALL
  SELECT month, 0, 0, 0 FROM budget_months
),
monthly AS (
  SELECT
    month,
    sum(inflow_minor) AS inflow_minor,
    sum(budgeted_minor) AS budgeted_minor,
    sum(overspent_minor) AS overspent_minor
  FROM changes
  GROUP BY month
)
SELECT
  month,
  inflow_minor::BIGINT AS inflow_minor,
  budgeted_minor::BIGINT AS budgeted_minor,
  coalesce(lag(overspent_minor) OVER by_month, 0)::BIGINT AS overspent_before_minor,
  (
    sum(inflow_minor - budgeted_minor - overspent_minor) OVER by_month + overspent_minor
  )::BIGINT AS ready_to_assign_minor
FROM monthly
WINDOW by_month AS (ORDER BY month);
