from hypothesis import given
from hypothesis import strategies as st

from ledger.core.money import format_minor


@given(st.integers(), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_an_amount_is_what_its_text_says(amount_minor, currency):
    text, _, code = format_minor(amount_minor, currency).partition(" ")
    assert code == currency
    digits = text.replace(",", "").replace(".", "")
    assert int(digits) == amount_minor
    assert digits.startswith("-") == (amount_minor < 0)
