-- budget_category_monthly_state: each category in each month, by the rules of docs/explanation/ledger.md.
-- What is available never carries below nothing. For sums x1, x2, … that recursion, a(n) = xn + max(a(n-1), 0), is
-- x1 + … + xn, less the lowest such sum before n where that is below nothing: a window, no loop.
DELETE FROM budget_category_monthly_state;

INSERT INTO budget_category_monthly_state
WITH flows AS (
  SELECT month, category_id, account_id, sum(amount_minor) AS amount_minor
  FROM budget_flows
  GROUP BY month, category_id, account_id
),
planned AS (
  SELECT
    months.month,
    categories.id AS category_id,
    categories.kind,
    categories.account_id,
    coalesce(plan.budgeted_minor, 0) AS budgeted_minor,
    coalesce((
      SELECT sum(amount_minor) FROM flows WHERE flows.month = months.month AND flows.category_id = categories.id
    ), 0) AS activity_minor
  FROM budget_months AS months
  CROSS JOIN budget_categories AS categories
  LEFT JOIN budget_plan AS plan ON plan.month = months.month AND plan.category_id = categories.id
  WHERE categories.kind <> 'ready_to_assign'
),
-- 1. The categories of spending.
spending_sums AS (
  SELECT *, sum(budgeted_minor + activity_minor) OVER by_month AS sum_minor
  FROM planned
  WHERE kind = 'spending'
  WINDOW by_month AS (PARTITION BY category_id ORDER BY month)
),
spending AS (
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
debts AS (
  SELECT
    month,
    category_id,
    card_category_id,
    greatest(0, least(spent_minor, overspent_minor - spent_before_minor)) AS debt_minor
  FROM spent_with_cards
),
-- 3. The categories that pay the cards: what was spent with the card is set aside, what was paid is taken out.
payment_changes AS (
  SELECT
    planned.month,
    planned.category_id,
    planned.budgeted_minor,
    planned.activity_minor - coalesce((
      SELECT sum(flows.amount_minor)
      FROM flows
      JOIN budget_cards AS cards ON cards.account_id = flows.account_id
      WHERE flows.month = planned.month AND cards.category_id = planned.category_id
    ), 0) AS activity_minor,
    coalesce((
      SELECT sum(debt_minor)
      FROM debts
      WHERE debts.month = planned.month AND debts.card_category_id = planned.category_id
    ), 0) AS debt_minor
  FROM planned
  WHERE planned.kind = 'card_payment'
),
payment_sums AS (
  SELECT *, sum(budgeted_minor + activity_minor - debt_minor) OVER by_month AS sum_minor
  FROM payment_changes
  WINDOW by_month AS (PARTITION BY category_id ORDER BY month)
),
payments AS (
  SELECT *, debt_minor + sum_minor - least(0, coalesce(min(sum_minor) OVER before, 0)) AS available_minor
  FROM payment_sums
  WINDOW before AS (
    PARTITION BY category_id ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
-- 4. Both kinds, and how the month's end settles what is below nothing: by cards first, the rest by cash.
states AS (
  SELECT
    month,
    category_id,
    budgeted_minor,
    activity_minor,
    available_minor,
    coalesce((
      SELECT sum(debt_minor)
      FROM debts
      WHERE debts.month = spending.month AND debts.category_id = spending.category_id
    ), 0) AS settled_by_cards_minor
  FROM spending
  UNION ALL
  SELECT month, category_id, budgeted_minor, activity_minor, available_minor, -debt_minor
  FROM payments
)
SELECT
  month,
  category_id,
  available_minor - budgeted_minor - activity_minor,
  budgeted_minor,
  activity_minor,
  available_minor,
  settled_by_cards_minor,
  -least(0, available_minor + settled_by_cards_minor)
FROM states;
