"""The SQL of the accounts. Each function runs in the transaction of its caller."""

from duckdb import DuckDBPyConnection

from ..core.problems import Conflict, NotFound
from .domain import Account, Kind, is_on_budget

_ACCOUNT = "id, name, kind, currency, current_balance_minor"


def list_accounts(connection: DuckDBPyConnection) -> list[Account]:
    """All of them, by name."""
    rows = connection.execute(f"SELECT {_ACCOUNT} FROM accounts ORDER BY lower(name), id")  # noqa: S608
    return [Account(*row) for row in rows.fetchall()]


def get_account(connection: DuckDBPyConnection, account_id: int) -> Account:
    """The account. Raises NotFound."""
    query = f"SELECT {_ACCOUNT} FROM accounts WHERE id = ?"  # noqa: S608
    row = connection.execute(query, [account_id]).fetchone()
    if row is None:
        raise NotFound(f"there is no account {account_id}")
    return Account(*row)


def open_account(connection: DuckDBPyConnection, name: str, kind: Kind, currency: str) -> Account:
    """A new account with nothing on it. Raises Conflict where one has this name, whatever its case."""
    namesake = connection.execute("SELECT name FROM accounts WHERE lower(name) = lower(?)", [name]).fetchone()
    if namesake:
        raise Conflict(f"an account named {namesake[0]} exists already")
    on_budget = connection.execute("SELECT DISTINCT currency FROM accounts WHERE on_budget")
    counts = is_on_budget(kind, currency, {found for (found,) in on_budget.fetchall()})
    (account_id,) = connection.execute(
        "INSERT INTO accounts (id, name, kind, currency, on_budget) "
        "SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ? FROM accounts RETURNING id",
        [name, kind, currency, counts],
    ).fetchone()
    return get_account(connection, account_id)


def add_to_balance(connection: DuckDBPyConnection, account_id: int, amount_minor: int) -> None:
    """Keeps the balance that caches/accounts.sql would derive."""
    connection.execute(
        "UPDATE accounts SET current_balance_minor = current_balance_minor + ? WHERE id = ?",
        [amount_minor, account_id],
    )
