"""The SQL of groups and categories, and of what a transaction is for. Runs in the transaction of the caller."""

from duckdb import DuckDBPyConnection

from ..core.problems import Conflict, NotFound
from .domain import Category
from .queries import derive_states

# The group of the category from which money is given, and that of those which pay the cards (0002_monthly_budget.sql).
_INFLOW = 1
_CARD_PAYMENTS = 2


def add_category(connection: DuckDBPyConnection, name: str, group: str) -> Category:
    """A new category to spend from, in the group of that name, which is made where there is none. Raises Conflict."""
    group_id = _find_or_add_group(connection, group)
    namesake = connection.execute(
        "SELECT name FROM budget_categories WHERE group_id = ? AND lower(name) = lower(?)",
        [group_id, name],
    ).fetchone()
    if namesake:
        raise Conflict(f"a category named {namesake[0]} exists already in this group")
    category_id = _insert_category(connection, group_id, name, "spending", None)
    derive_states(connection)
    return Category(category_id, name)


def add_card_category(connection: DuckDBPyConnection, account_id: int) -> None:
    """Has the budget set money aside for a card that it counts; does nothing for any other account."""
    card = connection.execute(
        "SELECT name FROM accounts WHERE id = ? AND kind = 'credit' AND on_budget", [account_id]
    ).fetchone()
    if card:
        _insert_category(connection, _CARD_PAYMENTS, card[0], "card_payment", account_id)
        derive_states(connection)


def categorise(connection: DuckDBPyConnection, transaction_id: int, category_id: int | None) -> None:
    """
    Says what a transaction is for that was booked just now; without a category it goes to ready to assign. Raises
    NotFound, and Conflict where the budget does not count the account.
    """
    if category_id is not None:
        _check_category(connection, transaction_id, category_id)
        connection.execute(
            "INSERT INTO transaction_splits (transaction_id, position, category_id, amount_minor) "
            "SELECT id, 1, ?, amount_minor FROM transactions WHERE id = ?",
            [category_id, transaction_id],
        )
    derive_states(connection)


def _check_category(connection: DuckDBPyConnection, transaction_id: int, category_id: int) -> None:
    found = connection.execute("SELECT 1 FROM budget_categories WHERE id = ?", [category_id])
    if found.fetchone() is None:
        raise NotFound(f"there is no category {category_id}")
    off_budget = connection.execute(
        "SELECT accounts.name FROM transactions JOIN accounts ON accounts.id = account_id "
        "WHERE transactions.id = ? AND NOT on_budget",
        [transaction_id],
    ).fetchone()
    if off_budget:
        raise Conflict(f"the budget does not count {off_budget[0]}: what is booked there has no category")


def _find_or_add_group(connection: DuckDBPyConnection, name: str) -> int:
    known = connection.execute("SELECT id FROM budget_groups WHERE lower(name) = lower(?)", [name]).fetchone()
    if known and known[0] in (_INFLOW, _CARD_PAYMENTS):
        raise Conflict(f"the group {name} is the budget's own: name another")
    if known:
        return known[0]
    (group_id,) = connection.execute(
        "INSERT INTO budget_groups (id, name, position) "
        "SELECT max(id) + 1, ?, max(position) + 1 FROM budget_groups RETURNING id",
        [name],
    ).fetchone()
    return group_id


def _insert_category(
    connection: DuckDBPyConnection, group_id: int, name: str, kind: str, account_id: int | None
) -> int:
    (category_id,) = connection.execute(
        "INSERT INTO budget_categories (id, group_id, name, kind, account_id) "
        "SELECT max(id) + 1, ?, ?, ?, ? FROM budget_categories RETURNING id",
        [group_id, name, kind, account_id],
    ).fetchone()
    return category_id
