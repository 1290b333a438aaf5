-- budget_category_monthly_state: each category in each month, by the rules of docs/explanation/ledger.md.
-- What is available never carries below nothing. For sums x1, x2, … that recursion, a(n) = xn + max(a(n-1), 0), is
-- x1 + … + xn, less the lowest such sum before n where that is below nothing: a window, no loop.
DELETE FROM budget_category_monthly_state;

INSERT INTO budget_category_monthly_state
WITH flows AS MATERIALIZED (
  SELECT month, category_id, account_id, sum(amount_minor) AS amount_minor
  FROM budget_flows
  GROUP BY month, category_id, account_id
),
-- What a category gets in a month: budgeted, named by splits, and for a card's category what was spent with the card.
gains AS (
  SELECT month, category_id, budgeted_minor, 0 AS activity_minor FROM budget_plan
  UNION ALL
  SELECT month, category_id, 0, amount_minor FROM flows WHERE category_id IS NOT NULL
  UNION ALL
  SELECT flows.month, cards.category_id, 0, -flows.amount_minor
  FROM flows
  JOIN budget_cards AS cards ON cards.account_id = flows.account_id
),
planned AS MATERIALIZED (
  SELECT
    months.month,
    categories.id AS category_id,
    categories.kind,
    coalesce(sum(gains.budgeted_minor), 0) AS budgeted_minor,
    coalesce(sum(gains.activity_minor), 0) AS activity_minor
  FROM budget_months AS months
  CROSS JOIN budget_categories AS categories
  LEFT JOIN gains ON gains.month = months.month AND gains.category_id = categories.id
  WHERE categories.kind <> 'ready_to_assign'
  GROUP BY months.month, categories.id, categories.kind
),
-- 1. The categories of spending.
spending_sums AS (
  SELECT *, sum(budgeted_minor + activity_minor) OVER by_month AS sum_minor
  FROM planned
  WHERE kind = 'spending'
  WINDOW by_month AS (PARTITION BY category_id ORDER BY month)
),
spending AS MATERIALIZED (
  SELECT *, sum_minor - least(0, coalesce(min(sum_minor) OVER before, 0)) AS available_minor
  FROM spending_sums
  WINDOW before AS (
    PARTITION BY category_id ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
-- 2. What was overspent with cards becomes their debt: card by card, none more than was spent with it.
spent_with_cards AS (
  SELECT
    spending.month,
    spending.category_id,
    cards.category_id AS card_category_id,
    -least(0, spending.available_minor) AS overspent_minor,
    -flows.amount_minor AS spent_minor,
    coalesce(sum(-flows.amount_minor) OVER cards_before, 0) AS spent_before_minor
  FROM spending
  JOIN flows ON flows.month = spending.month AND flows.category_id = spending.category_id
  JOIN budget_cards AS cards ON cards.account_id = flows.account_id
  WHERE flows.amount_minor < 0
  WINDOW cards_before AS (
    PARTITION BY spending.month, spending.category_id ORDER BY cards.account_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
debts AS MATERIALIZED (
  SELECT
    month,
    category_id,
    card_category_id,
    greatest(0, least(spent_minor, overspent_minor - spent_before_minor)) AS debt_minor
  FROM spent_with_cards
),
-- Above nothing for the category that was overspent, below for that of the card which paid.
settled_by_cards AS MATERIALIZED (
  SELECT month, category_id, sum(debt_minor) AS settled_minor
  FROM (
    SELECT month, category_id, debt_minor FROM debts
    UNION ALL
    SELECT month, card_category_id, -debt_minor FROM debts
  )
  GROUP BY month, category_id
),
-- 3. The categories that pay the cards.
payment_sums AS (
  SELECT
    planned.*,
    coalesce(settled.settled_minor, 0) AS settled_minor,
    sum(budgeted_minor + activity_minor + coalesce(settled.settled_minor, 0)) OVER by_month AS sum_minor
  FROM planned
  LEFT JOIN settled_by_cards AS settled
    ON settled.month = planned.month AND settled.category_id = planned.category_id
  WHERE kind = 'card_payment'
  WINDOW by_month AS (PARTITION BY planned.category_id ORDER BY planned.month)
),
payments AS (
  SELECT *, sum_minor - least(0, coalesce(min(sum_minor) OVER before, 0)) - settled_minor AS available_minor
  FROM payment_sums
  WINDOW before AS (
    PARTITION BY category_id ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
-- 4. Both, and how the month's end settles what is below nothing: by cards first, the rest by cash.
states AS (
  SELECT month, category_id, budgeted_minor, activity_minor, available_minor FROM spending
  UNION ALL
  SELECT month, category_id, budgeted_minor, activity_minor, available_minor FROM payments
)
SELECT
  states.month,
  states.category_id,
  available_minor - budgeted_minor - activity_minor,
  budgeted_minor,
  activity_minor,
  available_minor,
  coalesce(settled_minor, 0),
  -least(0, available_minor + coalesce(settled_minor, 0))
FROM states
LEFT JOIN settled_by_cards AS settled
  ON settled.month = states.month AND settled.category_id = states.category_id;
