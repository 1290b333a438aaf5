"""What holds for every series of bookings."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger.accounts.queries import list_accounts, open_account
from ledger.transactions.queries import book_transaction, list_transactions

from ..support import rebuild_caches

KINDS = ["checking", "savings", "cash"]

bookings = st.lists(
    st.tuples(
        st.integers(1, len(KINDS)),
        st.dates(date(1900, 1, 1), date(2199, 12, 31)),
        st.integers(-(10**12), 10**12),
        st.none() | st.sampled_from(["Bakery", "bakery", "Käserei", "KÄSEREI", "ß", "'; --"]),
        st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
    max_size=12,
)


@given(booked=bookings)
def test_a_balance_is_the_sum_of_what_was_booked(scratch, booked):
    with scratch() as connection:
        for kind in KINDS:
            open_account(connection, kind, kind, "EUR")
        expected = Counter()
        for booking in booked:
            book_transaction(connection, *booking)
            expected[booking[0]] += booking[2]

        accounts = list_accounts(connection)
        assert {account.id: account.balance_minor for account in accounts} == {id_: expected[id_] for id_ in (1, 2, 3)}

        # What is kept as it goes is what would be derived anew.
        rebuild_caches(connection)
        assert list_accounts(connection) == accounts

        # Every booking is listed once, in the account's order.
        for account in accounts:
            listed = list_transactions(connection, account.id, limit=1000, offset=0)
            order = [(found.booked_on, found.id) for found in listed]
            assert order == sorted(order, reverse=True)
            assert sorted((found.booked_on, found.amount_minor) for found in listed) == sorted(
                (booking[1], booking[2]) for booking in booked if booking[0] == account.id
            )


@given(st.lists(st.sampled_from(["Bakery", "BAKERY", " bakery", "Käserei", "KÄSEREI"]), min_size=1, max_size=8))
def test_a_payee_keeps_the_spelling_it_was_booked_with_first(scratch, payees):
    with scratch() as connection:
        account = open_account(connection, "Cash", "cash", "EUR")
        first = {}
        for payee in payees:
            spelling = payee.strip()
            first.setdefault(spelling.lower(), spelling)
            booked = book_transaction(connection, account.id, date(2026, 3, 14), -1, payee, None)
            assert booked.payee == first[spelling.lower()]
