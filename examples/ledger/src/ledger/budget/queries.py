"""The SQL of a month's budget. Each function runs in the transaction of its caller."""

from datetime import date
from importlib.resources import files

from duckdb import DuckDBPyConnection

from ..core.db import PACKAGE
from ..core.problems import NotFound
from .domain import Budget, CategoryState, KnownMonth, make_budget

_STATES = """
SELECT
  budget_groups.name, budget_categories.id, budget_categories.name,
  coalesce(budgeted_minor, 0), coalesce(activity_minor, 0), coalesce(available_minor, 0),
  coalesce(settled_by_cards_minor, 0), coalesce(settled_by_cash_minor, 0)
FROM budget_categories
JOIN budget_groups ON budget_groups.id = group_id
LEFT JOIN budget_category_monthly_state AS state
  ON state.category_id = budget_categories.id AND state.month = ?
WHERE kind <> 'ready_to_assign'
ORDER BY position, budget_groups.id, budget_categories.id
"""

_DERIVE_STATES = files(PACKAGE) / "sql" / "migrations" / "caches" / "budget_category_monthly_state.sql"


def get_budget(connection: DuckDBPyConnection, month: date) -> Budget:
    """The budget of the month, whether anything was booked in it or not."""
    known = connection.execute(
        "SELECT month, ready_to_assign_minor FROM ready_to_assign WHERE month <= ? ORDER BY month DESC LIMIT 1",
        [month],
    ).fetchone()
    states = connection.execute(_STATES, [known and known[0]]).fetchall()
    currency = connection.execute("SELECT currency FROM accounts WHERE on_budget ORDER BY id LIMIT 1").fetchone()
    return make_budget(
        month,
        known and KnownMonth(*known),
        [CategoryState(*state) for state in states],
        currency and currency[0],
    )


def assign(connection: DuckDBPyConnection, month: date, category_id: int, budgeted_minor: int) -> None:
    """Gives the category this much in the month, instead of what it had. Raises NotFound."""
    found = connection.execute(
        "SELECT 1 FROM budget_categories WHERE id = ? AND kind <> 'ready_to_assign'", [category_id]
    ).fetchone()
    if found is None:
        raise NotFound(f"there is no category {category_id} to give money to")
    if budgeted_minor == 0:
        connection.execute(
            "DELETE FROM budget_allocations WHERE month = ? AND category_id = ?",
            [month, category_id],
        )
    else:
        connection.execute(
            "INSERT INTO budget_allocations (month, category_id, budgeted_minor) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET budgeted_minor = excluded.budgeted_minor",
            [month, category_id, budgeted_minor],
        )
    derive_states(connection)


def derive_states(connection: DuckDBPyConnection) -> None:
    """
    Derives budget_category_monthly_state anew, by the file that `dojo rebuild-caches` runs: who writes what it reads
    calls this in the same transaction, so that no reader finds the one without the other.
    """
    connection.execute(_DERIVE_STATES.read_text("utf-8"))
