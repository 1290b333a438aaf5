"""`/api/transactions`, and those of one account."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from ..budget.categories import categorise
from ..core.api import AmountMinor, ApiModel, Day, Id, Memo, Name, TheClock, TheDatabase
from .domain import Transaction
from .queries import book_transaction, list_transactions

router = APIRouter(prefix="/api", tags=["transactions"])


class NewTransaction(ApiModel):
    """A transaction to book; without a day, today's."""

    account_id: Id
    booked_on: Day | None = None
    amount_minor: AmountMinor
    payee: Name | None = None
    memo: Memo | None = None
    category_id: Id | None = None


class TransactionOut(ApiModel):
    """A transaction as it was booked."""

    id: int
    booked_on: date
    amount_minor: int
    payee: str | None
    memo: str | None


@router.get("/accounts/{account_id}/transactions", response_model=list[TransactionOut])
def get_transactions(
    account_id: Annotated[Id, Path()],
    database: TheDatabase,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> list[Transaction]:
    """Those of one account, newest first."""
    with database.transaction() as connection:
        return list_transactions(connection, account_id, limit, offset)


@router.post("/transactions", response_model=TransactionOut, status_code=201)
def post_transaction(new: NewTransaction, database: TheDatabase, clock: TheClock) -> Transaction:
    """Books a transaction."""
    booked_on = new.booked_on or clock().date()
    with database.transaction() as connection:
        booked = book_transaction(connection, new.account_id, booked_on, new.amount_minor, new.payee, new.memo)
        categorise(connection, booked.id, new.category_id)
        return booked
