"""The form of every request and response: JSON in camelCase, money in minor units (1234 is 12.34 EUR)."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from .clock import Clock
from .db import Database

# Ten thousand million of the larger unit: sums of thousands of them are still exact in JavaScript.
MOST_MINOR = 10**12

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Memo = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
AmountMinor = Annotated[int, Field(strict=True, ge=-MOST_MINOR, le=MOST_MINOR)]
# A slip of the keyboard, as the year 0026, would make twenty thousand months.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
# Ids are BIGINT: a larger one is no id, rather than an error of the database.
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class ApiModel(BaseModel):
    """A request or a response. A field that nobody knows is refused: it would be lost without a word."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, from_attributes=True, extra="forbid")


def _database(request: Request) -> Database:
    return request.app.state.database


def _clock(request: Request) -> Clock:
    return request.app.state.clock


TheDatabase = Annotated[Database, Depends(_database)]
TheClock = Annotated[Clock, Depends(_clock)]
