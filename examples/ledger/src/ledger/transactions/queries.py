"""The SQL of the transactions. Each function runs in the transaction of its caller."""

from datetime import date

from duckdb import DuckDBPyConnection

from ..accounts.queries import add_to_balance, get_account
from .domain import Transaction, normal_payee

_TRANSACTION = """
SELECT transactions.id, booked_on, amount_minor, payees.name, memo
FROM transactions
LEFT JOIN payees ON payees.id = transactions.payee_id
"""


def list_transactions(connection: DuckDBPyConnection, account_id: int, limit: int, offset: int) -> list[Transaction]:
    """Those of one account, newest first. Raises NotFound."""
    get_account(connection, account_id)
    rows = connection.execute(
        f"{_TRANSACTION} WHERE account_id = ? ORDER BY booked_on DESC, transactions.id DESC LIMIT ? OFFSET ?",
        [account_id, limit, offset],
    )
    return [Transaction(*row) for row in rows.fetchall()]


def book_transaction(
    connection: DuckDBPyConnection,
    account_id: int,
    booked_on: date,
    amount_minor: int,
    payee: str | None,
    memo: str | None,
) -> Transaction:
    """Books it, and adds it to the account's balance. Raises NotFound where there is no such account."""
    get_account(connection, account_id)
    payee_id = _find_or_add_payee(connection, normal_payee(payee))
    (transaction_id,) = connection.execute(
        "INSERT INTO transactions (id, account_id, booked_on, amount_minor, payee_id, memo) "
        "SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ? FROM transactions RETURNING id",
        [account_id, booked_on, amount_minor, payee_id, memo or None],
    ).fetchone()
    add_to_balance(connection, account_id, amount_minor)
    row = connection.execute(f"{_TRANSACTION} WHERE transactions.id = ?", [transaction_id])
    return Transaction(*row.fetchone())


def _find_or_add_payee(connection: DuckDBPyConnection, name: str | None) -> int | None:
    """One payee for all spellings that differ in case only: the first one stays."""
    if name is None:
        return None
    known = connection.execute("SELECT id FROM payees WHERE lower(name) = lower(?)", [name]).fetchone()
    if known:
        return known[0]
    (payee_id,) = connection.execute(
        "INSERT INTO payees (id, name) SELECT coalesce(max(id), 0) + 1, ? FROM payees RETURNING id",
        [name],
    ).fetchone()
    return payee_id
