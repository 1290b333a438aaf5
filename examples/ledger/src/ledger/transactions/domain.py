"""Transactions: what came into an account, or left it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Transaction:
    """One booking on one account; an amount above zero came in. In minor units of the account's currency."""

    id: int
    booked_on: date
    amount_minor: int
    payee: str | None
    memo: str | None


def normal_payee(name: str | None) -> str | None:
    """The name without blanks around it; none where nothing is left."""
    return (name or "").strip() or None
