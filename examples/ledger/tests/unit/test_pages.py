from ledger.accounts.domain import Account
from ledger.core.pages import render_overview


def test_shows_each_account_with_its_balance():
    page = render_overview([Account(1, "Cash", "cash", "EUR", -1234)])
    assert "Cash" in page
    assert "-12.34 EUR" in page


def test_shows_a_name_as_text_whatever_is_in_it():
    page = render_overview([Account(1, "<script>{0}", "cash", "EUR", 0)])
    assert "<script>" not in page
    assert "&lt;script&gt;{0}" in page


def test_says_that_there_is_none():
    assert "There are no accounts yet." in render_overview([])
