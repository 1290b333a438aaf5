"""The budget in envelopes: docs/budget.md has its rules."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Category:
    """A category in a month, in minor units: what it was given, what was spent from it, what is left in it."""

    id: int
    name: str
    budgeted_minor: int = 0
    activity_minor: int = 0
    available_minor: int = 0


@dataclass(frozen=True)
class Group:
    """Categories under one heading."""

    name: str
    categories: list[Category]


@dataclass(frozen=True)
class Budget:
    """A month: what every category has, and what is left to give to one. `currency` is that of all of it."""

    month: str
    currency: str | None
    ready_to_assign_minor: int
    groups: list[Group]


@dataclass(frozen=True)
class CategoryState:
    """A category and the last month that is known of it, if there is one: a row of budget_category_monthly_state."""

    group: str
    id: int
    name: str
    budgeted_minor: int = 0
    activity_minor: int = 0
    available_minor: int = 0
    settled_by_cards_minor: int = 0
    settled_by_cash_minor: int = 0


@dataclass(frozen=True)
class KnownMonth:
    """The last month, up to the one that was asked for, in which the ledger has anything."""

    month: date
    ready_to_assign_minor: int


def to_month(text: str) -> date:
    """2026-03 as the day that the tables have for it."""
    return date.fromisoformat(f"{text}-01")


def make_budget(month: date, known: KnownMonth | None, states: list[CategoryState], currency: str | None) -> Budget:
    """
    The budget of the month. Where it lies after the last month of the ledger, that one's end is settled first: what is
    left carries over, and what was overspent with cash is taken from ready to assign.
    """
    ready = known.ready_to_assign_minor if known else 0
    if known and known.month < month:
        ready -= sum(state.settled_by_cash_minor for state in states)
        categories = [(state.group, _carried_over(state)) for state in states]
    else:
        categories = [(state.group, _as_it_is(state)) for state in states]
    groups: dict[str, list[Category]] = {}
    for group, category in categories:
        groups.setdefault(group, []).append(category)
    return Budget(
        month=f"{month:%Y-%m}",
        currency=currency,
        ready_to_assign_minor=ready,
        groups=[Group(name, members) for name, members in groups.items()],
    )


def _carried_over(state: CategoryState) -> Category:
    left = max(0, state.available_minor + state.settled_by_cards_minor)
    return Category(state.id, state.name, available_minor=left)


def _as_it_is(state: CategoryState) -> Category:
    return Category(state.id, state.name, state.budgeted_minor, state.activity_minor, state.available_minor)
