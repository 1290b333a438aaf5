import pytest

from ledger.core.money import format_minor


@pytest.mark.parametrize(
    ("amount_minor", "currency", "text"),
    [
        (0, "EUR", "0.00 EUR"),
        (5, "EUR", "0.05 EUR"),
        (-5, "EUR", "-0.05 EUR"),
        (1234567, "EUR", "12,345.67 EUR"),
        (1234567, "JPY", "1,234,567 JPY"),
        (-1234567, "KWD", "-1,234.567 KWD"),
        (2**53 + 1, "EUR", "90,071,992,547,409.93 EUR"),
    ],
)
def test_writes_an_amount_with_the_digits_of_its_currency(amount_minor, currency, text):
    assert format_minor(amount_minor, currency) == text
