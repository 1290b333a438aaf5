"""`/api/accounts`."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints

from ..budget.categories import add_card_category
from ..core.api import ApiModel, Name, TheDatabase
from .domain import Account, Kind
from .queries import list_accounts, open_account

router = APIRouter(prefix="/api/accounts", tags=["accounts"])

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class NewAccount(ApiModel):
    """An account to open."""

    name: Name
    kind: Kind
    currency: Currency = "EUR"


class AccountOut(ApiModel):
    """An account as it is."""

    id: int
    name: str
    kind: Kind
    currency: str
    balance_minor: int


@router.get("", response_model=list[AccountOut])
def get_accounts(database: TheDatabase) -> list[Account]:
    """All accounts, by name."""
    with database.transaction() as connection:
        return list_accounts(connection)


@router.post("", response_model=AccountOut, status_code=201)
def post_account(new: NewAccount, database: TheDatabase) -> Account:
    """Opens an account."""
    with database.transaction() as connection:
        opened = open_account(connection, new.name, new.kind, new.currency)
        add_card_category(connection, opened.id)
        return opened
