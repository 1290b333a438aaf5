"""Accounts: where money is, or is owed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["checking", "savings", "cash", "credit", "loan", "investment"]


@dataclass(frozen=True)
class Account:
    """An account and what is on it, in minor units of its currency; below nothing where it is owed."""

    id: int
    name: str
    kind: Kind
    currency: str
    balance_minor: int


def is_on_budget(kind: Kind, currency: str, currencies_on_budget: Collection[str]) -> bool:
    """
    Whether a budget counts a new account: a loan or a depot is net worth, not money to spend, and one budget has one
    currency, that of its first account.
    """
    if kind in ("loan", "investment"):
        return False
    return not currencies_on_budget or currency in currencies_on_budget
