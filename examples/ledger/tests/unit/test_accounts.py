import pytest

from ledger.accounts.domain import is_on_budget


@pytest.mark.parametrize("kind", ["checking", "savings", "cash", "credit"])
def test_counts_money_to_spend(kind):
    assert is_on_budget(kind, "EUR", set())


@pytest.mark.parametrize("kind", ["loan", "investment"])
def test_counts_no_loan_and_no_depot(kind):
    assert not is_on_budget(kind, "EUR", {"EUR"})


def test_counts_one_currency_only():
    assert is_on_budget("cash", "EUR", {"EUR"})
    assert not is_on_budget("cash", "JPY", {"EUR"})
