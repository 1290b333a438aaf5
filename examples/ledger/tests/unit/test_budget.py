from datetime import date

import pytest

from ledger.budget.domain import Category, CategoryState, Group, KnownMonth, make_budget, to_month

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
FOOD = CategoryState("Home", 2, "Food", 500, -300, 200)
FUN = CategoryState("Fun", 3, "Fun", 0, -900, -900, settled_by_cards_minor=600, settled_by_cash_minor=300)


def test_shows_a_month_as_it_is_known():
    budget = make_budget(MARCH, KnownMonth(MARCH, 1000), [FOOD, FUN], "EUR")
    assert (budget.month, budget.currency, budget.ready_to_assign_minor) == ("2026-03", "EUR", 1000)
    assert budget.groups == [
        Group("Home", [Category(2, "Food", 500, -300, 200)]),
        Group("Fun", [Category(3, "Fun", 0, -900, -900)]),
    ]


def test_settles_the_last_known_month_before_a_later_one():
    budget = make_budget(APRIL, KnownMonth(MARCH, 1000), [FOOD, FUN], "EUR")
    assert budget.ready_to_assign_minor == 700
    assert budget.groups == [
        Group("Home", [Category(2, "Food", available_minor=200)]),
        Group("Fun", [Category(3, "Fun", available_minor=0)]),
    ]


def test_has_nothing_before_the_first_month():
    states = [CategoryState("Home", 2, "Food")]
    budget = make_budget(MARCH, None, states, None)
    assert (budget.ready_to_assign_minor, budget.groups) == (0, [Group("Home", [Category(2, "Food")])])


@pytest.mark.parametrize(("text", "month"), [("2026-03", MARCH), ("1900-12", date(1900, 12, 1))])
def test_reads_a_month(text, month):
    assert to_month(text) == month
