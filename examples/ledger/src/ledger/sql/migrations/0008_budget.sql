-- Groups and categories of the budget, and the category of a transaction. Each credit card that the budget counts has
-- a category of its own, in which the money to pay it is set aside.
CREATE TABLE budget_groups (
  id BIGINT PRIMARY KEY,
  name VARCHAR NOT NULL UNIQUE,
  position INTEGER NOT NULL
);

CREATE TABLE budget_categories (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL CHECK (kind IN ('ready_to_assign', 'spending', 'card_payment')),
  account_id BIGINT UNIQUE,
  CHECK ((kind = 'card_payment') = (account_id IS NOT NULL))
);

INSERT INTO budget_groups VALUES (1, 'Inflow', 1), (2, 'Card payments', 2);

INSERT INTO budget_categories VALUES (1, 1, 'Ready to assign', 'ready_to_assign', NULL);
INSERT INTO budget_categories
SELECT 1 + row_number() OVER (ORDER BY id), 2, name, 'card_payment', id
FROM accounts
WHERE kind = 'credit' AND on_budget;

ALTER TABLE transactions ADD COLUMN category_id BIGINT;
