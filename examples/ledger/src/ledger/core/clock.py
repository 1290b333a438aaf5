"""The service's only clock. Who needs the time is handed a clock; tests hand in one that stands still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time, in UTC: the day changes at midnight UTC, wherever the service runs."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may
