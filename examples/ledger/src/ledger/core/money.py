"""Money as people write it."""

# ISO 4217; every other currency has two digits.
_WITHOUT_DIGITS = [
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
]
_WITH_THREE_DIGITS = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]
_DIGITS = dict.fromkeys(_WITHOUT_DIGITS, 0) | dict.fromkeys(_WITH_THREE_DIGITS, 3)


def format_minor(amount_minor: int, currency: str) -> str:
    """1234567 in EUR is `12,345.67 EUR`. Computed with whole numbers, so no digit is ever rounded."""
    digits = _DIGITS.get(currency, 2)
    whole, fraction = divmod(abs(amount_minor), 10**digits)
    sign = "-" if amount_minor < 0 else ""
    point = f".{fraction:0{digits}d}" if digits else ""
    return f"{sign}{whole:,}{point} {currency}"
