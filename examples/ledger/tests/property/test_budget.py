"""What docs/budget.md says holds in every month, whatever was booked and budgeted."""

from collections import Counter
from datetime import date

from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.budget.categories import categorise
from ledger.budget.domain import Budget
from ledger.budget.queries import assign, get_budget
from ledger.transactions.queries import book_transaction

from ..support import rebuild_caches

CASH, WALLET, VISA, AMEX, HOUSE = ACCOUNTS = range(1, 6)
FOOD, RENT, FUN, PAY_VISA, PAY_AMEX = CATEGORIES = range(2, 7)
MONTHS = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
AFTER = date(2026, 4, 1)

# What every example starts with; it is rolled back, so that the ids are free again for the next.
SET_UP = f"""
INSERT INTO accounts (id, name, kind, currency, on_budget) VALUES
  ({CASH}, 'Giro', 'checking', 'EUR', true), ({WALLET}, 'Wallet', 'cash', 'EUR', true),
  ({VISA}, 'Visa', 'credit', 'EUR', true), ({AMEX}, 'Amex', 'credit', 'EUR', true),
  ({HOUSE}, 'House', 'loan', 'EUR', false);
INSERT INTO budget_categories (id, group_id, name, kind, account_id) VALUES
  ({FOOD}, 1, 'Food', 'spending', NULL), ({RENT}, 1, 'Rent', 'spending', NULL), ({FUN}, 1, 'Fun', 'spending', NULL),
  ({PAY_VISA}, 2, 'Visa', 'card_payment', {VISA}), ({PAY_AMEX}, 2, 'Amex', 'card_payment', {AMEX});
"""  # noqa: S608 - our own numbers

# Few values, so that sums meet nothing exactly, and some that 32 bits do not hold.
small = st.integers(-20, 20).map(lambda n: n * 100)
amounts = small | st.integers(-99_999, 99_999) | st.sampled_from([2**40, -(2**40)])
months = st.sampled_from(MONTHS)
categories = st.sampled_from(CATEGORIES)
bookings = st.tuples(st.sampled_from(ACCOUNTS), months, st.integers(1, 28), amounts, st.none() | categories)
budgets = st.tuples(months, categories, amounts)


def write(connection: DuckDBPyConnection, booked: list, budgeted: list) -> None:
    connection.execute(SET_UP)
    for account, month, day, amount, category in booked:
        transaction = book_transaction(connection, account, month.replace(day=day), amount, None, None)
        categorise(connection, transaction.id, None if account == HOUSE else category)
    for month, category, amount in budgeted:
        assign(connection, month, category, amount)


def all_available(budget: Budget) -> int:
    return sum(one.available_minor for group in budget.groups for one in group.categories)


def expect_cash_to_be_given_or_ready(connection: DuckDBPyConnection) -> None:
    for month in [*MONTHS, AFTER]:
        (cash,) = connection.execute(
            "SELECT coalesce(sum(amount_minor), 0) FROM transactions JOIN accounts ON accounts.id = account_id "
            "WHERE on_budget AND kind <> 'credit' AND booked_on < ?::DATE + INTERVAL 1 MONTH",
            [month],
        ).fetchone()
        budget = get_budget(connection, month)
        assert budget.ready_to_assign_minor + all_available(budget) == cash, month


def expect_months_ends_to_settle(connection: DuckDBPyConnection) -> None:
    states = connection.execute(
        "SELECT month, category_id, carried_over_minor, budgeted_minor, activity_minor, available_minor, "
        "settled_by_cards_minor, settled_by_cash_minor "
        "FROM budget_category_monthly_state ORDER BY category_id, month"
    ).fetchall()
    left, by_cards_in = Counter(), Counter()
    for month, category, carried, budgeted, activity, available, by_cards, by_cash in states:
        assert carried == left[category]
        assert available == carried + budgeted + activity
        assert by_cash == max(0, -(available + by_cards))
        left[category] = max(0, available + by_cards)
        by_cards_in[month] += by_cards
    assert set(by_cards_in.values()) <= {0}


@given(booked=st.lists(bookings, max_size=8), budgeted=st.lists(budgets, max_size=4))
@settings(max_examples=20)
def test_the_rules_hold_whatever_is_booked_and_budgeted(scratch, booked, budgeted):
    with scratch() as connection:
        write(connection, booked, budgeted)
        expect_cash_to_be_given_or_ready(connection)
        expect_months_ends_to_settle(connection)

        # What is kept as it goes is what would be derived anew.
        kept = [get_budget(connection, month) for month in MONTHS]
        rebuild_caches(connection)
        assert [get_budget(connection, month) for month in MONTHS] == kept


@given(booked=st.lists(bookings, max_size=6), given_now=st.integers(1, 10**6))
@settings(max_examples=20)
def test_a_month_shows_before_it_comes_what_it_begins_with(scratch, booked, given_now):
    with scratch() as connection:
        write(connection, booked, [])
        expected = get_budget(connection, AFTER)
        assign(connection, AFTER, FOOD, given_now)
        month = get_budget(connection, AFTER)
        assert month.ready_to_assign_minor == expected.ready_to_assign_minor - given_now
        assert all_available(month) == all_available(expected) + given_now

        assign(connection, AFTER, FOOD, 0)
        assert get_budget(connection, AFTER) == expected
