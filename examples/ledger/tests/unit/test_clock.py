from datetime import UTC

from ledger.core.clock import now


def test_tells_the_time_in_utc_and_never_goes_back():
    first, second = now(), now()
    assert first.tzinfo is UTC
    assert first <= second
